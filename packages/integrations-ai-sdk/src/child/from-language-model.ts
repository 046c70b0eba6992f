import type { Model, ModelEvent } from '@cascadeflow/contract';
import type { AnswerPart, AnyLanguageModel, CallOptions, GenerateResult } from '../spec/language-model.ts';
import { toProviderError } from '../translate/provider-error.ts';
import { PartReader } from './part-reader.ts';
import { contextOf, openCall } from './run-context.ts';
import { toCallOptions } from './to-call-options.ts';

/** The doors of a language model, whatever its version. */
interface Doors {
  doGenerate(options: CallOptions): PromiseLike<GenerateResult>;
  doStream(options: CallOptions): PromiseLike<{ readonly stream: ReadableStream<AnswerPart> }>;
}

/** A language model of the AI SDK as a member of a cascade, under the cascade's name for it. */
export function fromLanguageModel(languageModel: AnyLanguageModel, id: string): Model {
  const { provider, specificationVersion: version } = languageModel;
  const doors = languageModel as unknown as Doors;
  return {
    contract: 'v1',
    provider,
    id,
    capabilities: {},
    async *stream(request, { signal } = {}): AsyncGenerator<ModelEvent, void, undefined> {
      const context = contextOf(request);
      const call = context && openCall(context, id, version);
      const reader = new PartReader(call);
      try {
        const options = toCallOptions(request, context, version, provider, signal);
        if (context?.streaming === false) yield* reader.readWhole(await doors.doGenerate(options));
        else yield* readStream((await doors.doStream(options)).stream, reader);
      } catch (error) {
        if (context) context.lastError = error;
        throw toProviderError(error, provider, id);
      }
    },
  };
}

/** Reads a stream to its end, or lets go of it when nobody reads on. */
async function* readStream(stream: ReadableStream<AnswerPart>, parts: PartReader): AsyncGenerator<ModelEvent, void, undefined> {
  const reader = stream.getReader();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        isOver = true;
        return;
      }
      const event = parts.read(value);
      if (event) yield event;
    }
  } finally {
    if (!isOver) void reader.cancel().catch(() => {});
  }
}
