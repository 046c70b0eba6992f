import type { FailedAttempt } from '@cascadeflow/contract';
import type { CascadeAgent, RunOptions } from '@cascadeflow/core';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import { type AIMessage, type AIMessageChunk, type BaseMessage, coerceMessageLikeToMessage, HumanMessage } from '@langchain/core/messages';
import { Runnable, type RunnableConfig } from '@langchain/core/runnables';
import type { CallbackManagerForChainRun } from '@langchain/core/callbacks/manager';
import { StreamRelease } from './answer/stream-release.ts';
import { fromFailEvent, toCallerError } from './answer/to-caller-error.ts';
import { toMessage } from './answer/to-message.ts';
import { carry } from './child/run-context.ts';
import { openRun, type OpenedRun } from './open-run.ts';

/** Options of every run of a {@link cascadeRunnable}; the call's own config brings the signal. */
export type CascadeRunnableOptions = Omit<RunOptions, 'signal' | 'extra'>;

/**
 * A `CascadeAgent` as a plain Runnable: a prompt, a text or messages go in, a message comes out, with the decision in
 * `response_metadata.cascade`. The agent's own tools run inside. Chat models that joined the agent through `asModel` are traced as children.
 */
export function cascadeRunnable(agent: CascadeAgent, options: CascadeRunnableOptions = {}): CascadeRunnable {
  return new CascadeRunnable(agent, options);
}

/** What {@link cascadeRunnable} returns. */
export class CascadeRunnable extends Runnable<BaseLanguageModelInput, AIMessage> {
  override lc_namespace = ['cascadeflow', 'langchain'];
  readonly #agent: CascadeAgent;
  readonly #options: CascadeRunnableOptions;

  static override lc_name(): string {
    return 'CascadeRunnable';
  }

  constructor(agent: CascadeAgent, options: CascadeRunnableOptions) {
    super();
    this.#agent = agent;
    this.#options = options;
  }

  override invoke(input: BaseLanguageModelInput, config?: Partial<RunnableConfig>): Promise<AIMessage> {
    return this._callWithConfig(
      async (given: BaseLanguageModelInput, options, runManager) => {
        const opened = this.#open(given, options, runManager, false);
        try {
          return toMessage(await this.#agent.run(opened.messages, opened.options), opened.context);
        } catch (error) {
          throw toCallerError(error, opened.context, options?.signal);
        }
      },
      input,
      config,
    );
  }

  override async *_streamIterator(input: BaseLanguageModelInput, config?: Partial<RunnableConfig>): AsyncGenerator<AIMessageChunk> {
    const given = (async function* () {
      yield input;
    })();
    yield* this._transformStreamWithConfig(given, (inputs, runManager, options) => this.#stream(inputs, runManager, options), config) as AsyncGenerator<AIMessageChunk>;
  }

  async *#stream(inputs: AsyncGenerator<BaseLanguageModelInput>, runManager?: CallbackManagerForChainRun, config?: Partial<RunnableConfig>): AsyncGenerator<AIMessageChunk> {
    for await (const input of inputs) {
      const opened = this.#open(input, config, runManager, true);
      const release = new StreamRelease(opened.context);
      const failures: FailedAttempt[] = [];
      try {
        for await (const event of this.#agent.streamEvents(opened.messages, opened.options)) {
          yield* release.take(event);
          if (event.type === 'attempt-fail') failures.push({ model: event.model, provider: event.provider, tier: event.tier, error: event.error });
          else if (event.type === 'cascade-fail') throw fromFailEvent(event, failures);
        }
      } catch (error) {
        throw toCallerError(error, opened.context, config?.signal);
      }
    }
  }

  #open(input: BaseLanguageModelInput, config: Partial<RunnableConfig> | undefined, runManager: CallbackManagerForChainRun | undefined, streaming: boolean): OpenedRun {
    const { messages, options, context: whole } = openRun(toChatMessages(input), {}, runManager, streaming);
    const { asked, ...context } = whole;
    return { messages, context, options: { ...options, ...this.#options, extra: carry(context), ...(config?.signal && { signal: config.signal }) } };
  }
}

/** Everything a LangChain model takes as its input. */
function toChatMessages(input: BaseLanguageModelInput): BaseMessage[] {
  if (typeof input === 'string') return [new HumanMessage(input)];
  return Array.isArray(input) ? input.map(coerceMessageLikeToMessage) : input.toChatMessages();
}
