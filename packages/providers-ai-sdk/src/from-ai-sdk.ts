import { type CallOptions, InvalidOptionsError, type Model, type ModelEvent, type ModelRequest, type ModelSettings } from '@cascadeflow/contract';
import { asList, asRecord, Call, collectTexts, createProviderError, defaultTimeouts, type ErrorContext, type Timeouts } from '@cascadeflow/provider-kit';
import { toAiSdkError } from './ai-sdk-error.ts';
import { type AiSdkModel, type CallableModel, vendorOf } from './language-model.ts';
import { PartsTranslator } from './parts-translator.ts';
import { toCallOptions } from './to-call-options.ts';

/** Settings of {@link fromAiSdk}. */
export interface FromAiSdkOptions extends ModelSettings {
  /** Id under which the model's provider is known to the cascade. Default: the vendor's name, `openai`. */
  readonly provider?: string;
  readonly timeouts?: Timeouts;
}

const versions: readonly string[] = ['v2', 'v3', 'v4'];

/** Makes a cascadeflow model of a language model of the AI SDK 5 to 7. Throws `InvalidOptionsError` for anything else, and for a bare model name. */
export function fromAiSdk(languageModel: AiSdkModel, options: FromAiSdkOptions = {}): Model {
  if (typeof languageModel !== 'object' || languageModel === null || !versions.includes(languageModel.specificationVersion)) {
    const found = (languageModel as { specificationVersion?: unknown } | null)?.specificationVersion;
    throw new InvalidOptionsError('fromAiSdk', `needs a language model of AI SDK 5, 6 or 7 (specification ${versions.join(', ')}), got ${typeof found === 'string' ? found : typeof languageModel}`);
  }
  const id = options.provider ?? vendorOf(languageModel);
  const parts = { languageModel, id, timeouts: options.timeouts ?? defaultTimeouts };
  return {
    contract: 'v1',
    provider: id,
    id: languageModel.modelId,
    capabilities: { ...(!['openai', 'azure'].includes(vendorOf(languageModel)) && { logprobs: false }), ...options.capabilities },
    stream: (request, callOptions) => stream(parts, request, callOptions),
    generate: (request, callOptions) => generate(parts, request, callOptions),
  };
}

interface Parts {
  readonly languageModel: AiSdkModel;
  readonly id: string;
  readonly timeouts: Timeouts;
}

async function* stream({ languageModel, id, timeouts }: Parts, request: ModelRequest, callOptions: CallOptions | undefined): AsyncGenerator<ModelEvent, void, undefined> {
  const context = toContext(languageModel, id, request);
  const call = new Call(callOptions?.signal, timeouts, context);
  const { options, warnings } = toCallOptions(languageModel, id, request, call.signal);
  const translator = new PartsTranslator(warnings);
  const events: ModelEvent[] = [];
  try {
    const { stream: parts } = await (languageModel as unknown as CallableModel).doStream(options);
    call.begin(timeouts.idleTimeoutMs);
    const reader = parts.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      call.touch();
      if (done) break;
      const part = asRecord(value);
      if (!part) continue;
      if (part['type'] === 'error') throw toAiSdkError(part['error'], context, true);
      translator.push(part, events);
      for (const event of events) yield event;
      events.length = 0;
    }
    if (!translator.whole) throw createProviderError('cut', context);
    call.finish();
    yield translator.close();
  } catch (error) {
    throw call.toThrown(toAiSdkError(error, context, call.started));
  } finally {
    call.close();
  }
}

async function generate({ languageModel, id, timeouts }: Parts, request: ModelRequest, callOptions: CallOptions | undefined): Promise<readonly ModelEvent[]> {
  const context = toContext(languageModel, id, request);
  const call = new Call(callOptions?.signal, timeouts, context);
  const { options, warnings } = toCallOptions(languageModel, id, request, call.signal);
  const translator = new PartsTranslator(warnings);
  const events: ModelEvent[] = [];
  try {
    const answer = await (languageModel as unknown as CallableModel).doGenerate(options);
    call.touch();
    translator.pushResponse(asRecord(answer['response']));
    for (const part of asList(answer['content'])) translator.push(asRecord(part) ?? {}, events);
    translator.pushFinish(answer, events);
    call.finish();
    events.push(translator.close());
    return events;
  } catch (error) {
    throw call.toThrown(toAiSdkError(error, context, call.started));
  } finally {
    call.close();
  }
}

function toContext(model: AiSdkModel, provider: string, request: ModelRequest): ErrorContext {
  return {
    provider,
    model: model.modelId,
    secrets: { keys: [], texts: () => collectTexts(request) },
  };
}
