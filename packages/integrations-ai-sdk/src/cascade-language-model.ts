import type { FailedAttempt } from '@cascadeflow/contract';
import type { CascadeAgent } from '@cascadeflow/core';
import { StreamRelease } from './answer/stream-release.ts';
import { fromFailEvent, toCallerError } from './answer/to-caller-error.ts';
import { toResult } from './answer/to-result.ts';
import type { Member } from './members.ts';
import { type OpenedRun, openRun } from './open-run.ts';
import type { AnswerPart, CallOptions, SpecVersion } from './spec/language-model.ts';
import { commonUrls } from './supported-urls.ts';

/** A cascade behind the doors of the AI SDK. What they take and give is written in the version it was made for. */
export class CascadeLanguageModel {
  readonly provider = 'cascadeflow';
  readonly modelId: string;
  readonly specificationVersion: SpecVersion;
  readonly agent: CascadeAgent;
  readonly #members: readonly Member[];
  #supportedUrls: Promise<Record<string, RegExp[]>> | undefined;

  constructor(agent: CascadeAgent, members: readonly Member[], version: SpecVersion) {
    this.agent = agent;
    this.specificationVersion = version;
    this.modelId = agent.models.map((model) => model.name).join(' > ');
    this.#members = members;
  }

  get supportedUrls(): Promise<Record<string, RegExp[]>> {
    return (this.#supportedUrls ??= commonUrls(this.#members));
  }

  async doGenerate(options: CallOptions): Promise<unknown> {
    const { messages, options: runOptions, context } = openRun(options, this.specificationVersion, false);
    try {
      return toResult(await this.agent.run(messages, runOptions), context, this.specificationVersion);
    } catch (error) {
      throw toCallerError(error, context, options.abortSignal);
    }
  }

  /** Rejects when the run fails before its first piece, as a vendor's would; a later failure is an `error` part. */
  async doStream(options: CallOptions): Promise<{ readonly stream: ReadableStream<AnswerPart> }> {
    const opened = openRun(options, this.specificationVersion, true);
    const parts = this.#parts(opened, options.abortSignal);
    const first = await parts.next();
    let held: AnswerPart | undefined = first.done ? undefined : first.value;
    const stream = new ReadableStream<AnswerPart>(
      {
        async pull(controller) {
          try {
            const next = held === undefined ? await parts.next() : { done: false as const, value: held };
            held = undefined;
            if (next.done) controller.close();
            else controller.enqueue(next.value);
          } catch (error) {
            if (options.abortSignal?.aborted) return controller.error(error);
            controller.enqueue({ type: 'error', error });
            controller.close();
          }
        },
        async cancel() {
          await parts.return();
        },
      },
      { highWaterMark: 0 },
    );
    return { stream };
  }

  async *#parts({ messages, options, context }: OpenedRun, signal: AbortSignal | undefined): AsyncGenerator<AnswerPart, void, undefined> {
    const release = new StreamRelease(context, this.specificationVersion);
    const failures: FailedAttempt[] = [];
    try {
      for await (const event of this.agent.streamEvents(messages, options)) {
        yield* release.take(event);
        if (event.type === 'attempt-fail') failures.push({ model: event.model, provider: event.provider, tier: event.tier, error: event.error });
        else if (event.type === 'cascade-fail') throw fromFailEvent(event, failures);
      }
    } catch (error) {
      throw toCallerError(error, context, signal);
    }
  }
}
