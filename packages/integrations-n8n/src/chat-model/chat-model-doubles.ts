import type { LangChainMessage, LangChainModel } from './lang-chain.ts';

/** One call that a double received. */
interface Call {
  readonly messages: readonly unknown[];
  readonly config: { readonly [name: string]: unknown };
  readonly tools?: readonly object[];
  readonly binding?: object;
  readonly streamed: boolean;
}

/** A chat model as a sub-node of n8n supplies it, which says what the script says, call by call; the last answer is repeated. */
export interface ChatModelDouble extends LangChainModel {
  readonly calls: Call[];
}

type Step = string | Error | LangChainMessage | readonly LangChainMessage[];

/** An answer of OpenAI's API as LangChain hands it over. */
export function answerOf(content: string, rest: Partial<LangChainMessage> = {}): LangChainMessage {
  return { content, response_metadata: { finish_reason: 'stop' }, usage_metadata: { input_tokens: 10, output_tokens: 20, total_tokens: 30 }, ...rest };
}

/** Plays the steps: a text, a message, the pieces of a stream, or an error that is thrown. */
export function chatModel(name: string, ...steps: readonly Step[]): ChatModelDouble {
  const calls: Call[] = [];
  const play = (call: Call): readonly LangChainMessage[] => {
    const step = steps[Math.min(calls.length, steps.length - 1)];
    calls.push(call);
    if (step === undefined) throw new Error(`${name} was not expected to be asked`);
    if (step instanceof Error) throw step;
    return Array.isArray(step) ? (step as readonly LangChainMessage[]) : [typeof step === 'string' ? answerOf(step) : (step as LangChainMessage)];
  };
  const runnable = (bound: Pick<Call, 'tools' | 'binding'>) => ({
    async invoke(messages: readonly unknown[], config: object) {
      return play({ messages, config: { ...config }, ...bound, streamed: false })[0] as LangChainMessage;
    },
    async stream(messages: readonly unknown[], config: object) {
      const pieces = play({ messages, config: { ...config }, ...bound, streamed: true });
      return (async function* () {
        yield* pieces;
      })();
    },
  });
  return Object.assign(runnable({}), {
    calls,
    bindTools: (tools: readonly object[], binding: object = {}) => runnable({ tools, binding }),
    _llmType: () => 'openai',
    _generate() {},
    getLsParams: () => ({ ls_provider: 'openai', ls_model_name: name }),
    getName: () => name,
  });
}
