import type { SupplyData } from 'n8n-workflow';
import type { Decision } from './decision.ts';

/** What LangChain tells its handlers at the end of a call, by the part that is used here. */
interface Output {
  readonly generations: readonly (readonly { readonly text: string; generationInfo?: object; readonly message?: { readonly usage_metadata?: object } }[])[];
  llmOutput?: { readonly tokenUsage?: object };
}

/** The chat model that n8n's SDK makes, by the part that is used here. */
interface Adapter {
  callbacks?: unknown;
  bindTools(tools: readonly unknown[], binding?: object): Adapter;
  _generate(messages: readonly unknown[], options: object, ...rest: unknown[]): unknown;
  _streamResponseChunks(messages: readonly unknown[], options: object, ...rest: unknown[]): unknown;
}

/** Decisions of runs that ended, until the log of their answer is written. */
export class DecisionLog {
  private readonly waiting: { readonly text: string; readonly decision: Decision }[] = [];

  /** Keeps a decision; the log finds it by the text of the answer. */
  add(decision: Decision, text: string): void {
    this.waiting.push({ text, decision });
  }

  /** The oldest decision on an answer of this text. */
  take(text: string): Decision | undefined {
    const place = this.waiting.findIndex((entry) => entry.text === text);
    return place === -1 ? undefined : this.waiting.splice(place, 1)[0]?.decision;
  }
}

/**
 * Adds to the SDK's chat model what it leaves out: the decision in n8n's log of this node, which shows the `generationInfo` of an answer, the
 * tokens of a streamed answer, and the messages as LangChain gave them, since the SDK's own form drops some kinds of images. Tools can still be bound.
 */
export function attachLog(supplied: SupplyData, log: DecisionLog): SupplyData {
  return { ...supplied, response: attach(supplied.response as Adapter, log) };
}

function attach(adapter: Adapter, log: DecisionLog): Adapter {
  const { callbacks } = adapter;
  if (Array.isArray(callbacks)) adapter.callbacks = [decisionHandler(log), ...(callbacks as unknown[])];
  const bindTools = adapter.bindTools.bind(adapter);
  adapter.bindTools = (...args) => attach(bindTools(...args), log);
  const generate = adapter._generate.bind(adapter);
  adapter._generate = (messages, options, ...rest) => generate(messages, { ...options, originals: messages }, ...rest);
  const stream = adapter._streamResponseChunks.bind(adapter);
  adapter._streamResponseChunks = (messages, options, ...rest) => stream(messages, { ...options, originals: messages }, ...rest);
  return adapter;
}

/** Stands before n8n's own handler, and writes at once, so that n8n's handler reads what is added here. */
function decisionHandler(log: DecisionLog) {
  return {
    name: 'cascadeflow_decision',
    awaitHandlers: true,
    handleLLMEnd(output: Output): void {
      const answer = output.generations[0]?.[0];
      const decision = answer && log.take(answer.text);
      if (answer && decision) answer.generationInfo = { ...answer.generationInfo, cascade: decision };
      // The SDK leaves the tokens of a streamed answer with its message alone, and n8n would show a guess.
      const tokenUsage = output.llmOutput?.tokenUsage ?? answer?.message?.usage_metadata;
      if (tokenUsage) output.llmOutput = { ...output.llmOutput, tokenUsage };
    },
  };
}
