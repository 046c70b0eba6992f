import type {
  FinishReason,
  FinishReasonKind,
  ModelEvent,
  ModelRequest,
  ProviderErrorKind,
  TokenLogprob,
  ToolCall,
  Usage,
} from '@cascadeflow/contract';
import type { Chunking } from './chunking.ts';

/**
 * What goes wrong in a step. `afterChunks` pieces of text are yielded first (default 0, for `cut` all of them).
 * - `throw`: the error given, or a `ProviderError` of this kind.
 * - `cut`: the stream stops without its `end` event.
 * - `hang`: nothing more comes until the caller aborts.
 */
export type ScriptFault =
  | { readonly type: 'throw'; readonly error: Error; readonly afterChunks?: number }
  | {
      readonly type: 'throw';
      readonly kind: ProviderErrorKind;
      readonly status?: number;
      readonly retryable?: boolean;
      readonly retryAfterMs?: number;
      readonly afterChunks?: number;
    }
  | { readonly type: 'cut'; readonly afterChunks?: number }
  | { readonly type: 'hang'; readonly afterChunks?: number };

/** A tool call as a script writes it: an id is made up where none is given, and arguments may be an object. */
export interface ScriptedToolCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: string | { readonly [key: string]: unknown };
}

/** What a scripted model does in one call. */
export interface ScriptStep {
  readonly text?: string;
  /** How the text is cut into deltas. Default: whole. */
  readonly chunks?: Chunking;
  /** Visible thinking before the text. */
  readonly reasoning?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Yielded in one event after the text, or spread over the chunks when there is one token per chunk. */
  readonly logprobs?: readonly TokenLogprob[];
  /** Default: counted from request and answer, one token per four characters. `'unknown'`: the vendor did not say. */
  readonly usage?: Usage | 'unknown';
  /** Default: `tool-calls` where there are any, else `stop`. */
  readonly finishReason?: FinishReasonKind | FinishReason;
  /** USD that the server itself reports. */
  readonly reportedCost?: number;
  readonly servedModel?: string;
  readonly responseId?: string;
  readonly warnings?: readonly string[];
  /** Milliseconds before the first event. */
  readonly delayMs?: number;
  /** Milliseconds before each further chunk. */
  readonly chunkDelayMs?: number;
  readonly fault?: ScriptFault;
  /** These events and no others, as they are: for streams that break the contract. Delays still hold. */
  readonly events?: readonly ModelEvent[];
  /** Looks at the request; throws when it is not what the test expects. Failures are repeated by `done()`. */
  readonly expect?: (request: ModelRequest) => void;
}

/** One token per four characters: the rule of thumb of OpenAI's tokenizer page, good enough for a double. */
const charactersPerToken = 4;

/** Tokens a double says a text has. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** The tool calls of a step in the contract's form. */
export function toToolCalls(step: ScriptStep): readonly ToolCall[] {
  return (step.toolCalls ?? []).map((call, index) => ({
    id: call.id ?? `call_${index + 1}`,
    name: call.name,
    arguments: typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments),
  }));
}

/** The finish reason of a step. */
export function toFinishReason(step: ScriptStep): FinishReason {
  if (typeof step.finishReason === 'object') return step.finishReason;
  const unified = step.finishReason ?? (step.toolCalls !== undefined && step.toolCalls.length > 0 ? 'tool-calls' : 'stop');
  return { unified, raw: unified.replace('-', '_') };
}

/** The usage of a step, counted where the script does not say. */
export function toUsage(step: ScriptStep, request: ModelRequest): Usage | undefined {
  if (step.usage === 'unknown') return undefined;
  if (step.usage !== undefined) return step.usage;
  let input = 0;
  for (const message of request.messages) {
    if (typeof message.content === 'string') input += message.content.length;
    else for (const part of message.content) if (part.type === 'text') input += part.text.length;
  }
  let output = (step.text ?? '').length;
  for (const call of toToolCalls(step)) output += call.name.length + call.arguments.length;
  return {
    input: Math.ceil(input / charactersPerToken),
    output: Math.ceil(output / charactersPerToken),
    ...(step.reasoning !== undefined && { reasoning: countTokens(step.reasoning) }),
  };
}
