import type { ModelEvent, ModelRequest, ProviderErrorKind } from '@cascadeflow/contract';
import type { ScriptedAnswer } from './scripted-answer.ts';

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

/** What a scripted model does in one call. */
export interface ScriptStep extends ScriptedAnswer {
  /** USD that the server itself reports. */
  readonly reportedCost?: number;
  readonly warnings?: readonly string[];
  /** Milliseconds before the first event. */
  readonly delayMs?: number;
  /** Milliseconds before each further chunk. */
  readonly chunkDelayMs?: number;
  readonly fault?: ScriptFault;
  /** These events and no others, as they are: for streams that break the contract. Delays still hold. */
  readonly events?: readonly ModelEvent[];
  /** Looks at the request; throws when it is not what the test expects. `done()` throws it again. */
  readonly expect?: (request: ModelRequest) => void;
}

/** Characters of all texts of a request's messages. */
export function promptLength(request: ModelRequest): number {
  let length = 0;
  for (const message of request.messages) {
    if (typeof message.content === 'string') length += message.content.length;
    else for (const part of message.content) if (part.type === 'text') length += part.text.length;
  }
  return length;
}
