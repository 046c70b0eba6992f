import type { FinishReason, FinishReasonKind, TokenLogprob, ToolCall, Usage } from '@cascadeflow/contract';
import type { Chunking } from './chunking.ts';

/** A tool call as a script writes it: an id is made up where none is given, and arguments may be an object. */
export interface ScriptedToolCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: string | { readonly [key: string]: unknown };
}

/** What a double says, whether it is a scripted model or an HTTP stub. */
export interface ScriptedAnswer {
  readonly text?: string;
  /** How the text is cut into deltas. Default: whole in a scripted model, words in a stub. */
  readonly chunks?: Chunking;
  /** Visible thinking before the text. */
  readonly reasoning?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Spread over the chunks when there is one token per chunk, else given in one piece after the text. */
  readonly logprobs?: readonly TokenLogprob[];
  /** Default: counted from request and answer, one token per four characters. `'unknown'`: the vendor did not say. */
  readonly usage?: Usage | 'unknown';
  /** Default: `tool-calls` where there are any, else `stop`. */
  readonly finishReason?: FinishReasonKind | FinishReason;
  /** The name under which the vendor says it answered. */
  readonly servedModel?: string;
  readonly responseId?: string;
}

/** One token per four characters: a rule of thumb for English, good enough for a double. */
const charactersPerToken = 4;

/** Tokens a double says a text has. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The tool calls of an answer in the contract's form. */
export function toToolCalls(answer: ScriptedAnswer): readonly ToolCall[] {
  return (answer.toolCalls ?? []).map((call, index) => ({
    id: call.id ?? `call_${index + 1}`,
    name: call.name,
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
  }));
}

/** The finish reason of an answer. */
export function toFinishReason(answer: ScriptedAnswer): FinishReason {
  if (typeof answer.finishReason === 'object') return answer.finishReason;
  const calls = answer.toolCalls !== undefined && answer.toolCalls.length > 0;
  const unified = answer.finishReason ?? (calls ? 'tool-calls' : 'stop');
  return { unified, raw: unified.replace('-', '_') };
}

/** The usage of an answer, counted where the script does not say, to a prompt of so many characters. */
export function toUsage(answer: ScriptedAnswer, promptLength: number): Usage | undefined {
  if (answer.usage === 'unknown') return undefined;
  if (answer.usage !== undefined) return answer.usage;
  let output = (answer.text ?? '').length;
  if (answer.toolCalls !== undefined) for (const call of toToolCalls(answer)) output += call.name.length + call.arguments.length;
  return {
    input: Math.ceil(promptLength / charactersPerToken),
    output: Math.ceil(output / charactersPerToken),
    ...(answer.reasoning !== undefined && { reasoning: countTokens(answer.reasoning) }),
  };
}
