import { createProviderError, type ErrorContext } from '../error/provider-failure.ts';
import { toNetworkError } from '../error/network-error.ts';
import type { ByteReader } from './wire-response.ts';

/** How long one call may be silent, in milliseconds. */
export interface Timeouts {
  /** Until the response begins; for answers in one piece, until they are whole. */
  readonly timeoutMs: number;
  /** Between two pieces of a streamed response. */
  readonly idleTimeoutMs: number;
}

/** Ten minutes to the first byte, two minutes between pieces: reasoning models are silent for minutes. Chosen by hand. */
export const defaultTimeouts: Timeouts = { timeoutMs: 600_000, idleTimeoutMs: 120_000 };

/** How long a finished answer's connection may take to come free before it is closed, in milliseconds. */
const drainMs = 1000;

/**
 * One call of one model: joins the caller's signal with the time-outs, and knows why a call ended.
 * `close` must be called when the call is over, whatever its end; an unfinished upstream connection is then closed.
 */
export class Call {
  readonly signal: AbortSignal;
  /** True once the response's body has begun. */
  started = false;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #context: ErrorContext;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #limit: number;
  #lastActivity = performance.now();
  #timedOut = false;
  #finished = false;

  constructor(outer: AbortSignal | undefined, timeouts: Timeouts, context: ErrorContext) {
    if (outer?.aborted) throw outer.reason;
    this.signal = this.#controller.signal;
    this.#outer = outer;
    this.#context = context;
    this.#limit = timeouts.timeoutMs;
    outer?.addEventListener('abort', this.#onAbort);
    this.#arm(Math.min(timeouts.timeoutMs, timeouts.idleTimeoutMs));
  }

  /** The response has begun: from now on the limit between pieces holds. */
  begin(idleTimeoutMs: number): void {
    this.started = true;
    this.#limit = idleTimeoutMs;
    this.#lastActivity = performance.now();
  }

  /** Something has arrived. */
  touch(): void {
    this.#lastActivity = performance.now();
    if (this.#outer?.aborted) throw this.#outer.reason;
  }

  /** The answer is whole. A body that is still open is read to its end in the background, so that the connection can serve another call. */
  finish(rest?: ByteReader): void {
    this.#finished = true;
    if (rest) void drain(rest, this.#controller);
  }

  /** What the caller is to be thrown for an error of this call: the signal's reason, a time-out, or what happened. */
  toThrown(error: unknown): unknown {
    if (this.#outer?.aborted) return this.#outer.reason;
    if (this.#timedOut) {
      const waited = this.started ? 'between two pieces of the answer' : 'for the answer to begin';
      return createProviderError('timeout', this.#context, { detail: `waited ${this.#limit} ms ${waited}` });
    }
    return toNetworkError(error, this.#context, this.started);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#onAbort);
    if (!this.#finished) this.#controller.abort();
  }

  #onAbort = (): void => this.#controller.abort(this.#outer?.reason);

  /** One timer per call, armed for the shorter limit: pieces only note the time, and the timer looks again when it fires. */
  #arm(ms: number): void {
    this.#timer = setTimeout(() => {
      const left = this.#limit - (performance.now() - this.#lastActivity);
      if (left > 1) return this.#arm(left);
      this.#timedOut = true;
      this.#controller.abort();
    }, ms);
  }
}

async function drain(reader: ByteReader, controller: AbortController): Promise<void> {
  const timer = setTimeout(() => controller.abort(), drainMs);
  try {
    while (!(await reader.read()).done);
  } catch {
    // The answer is already whole; how its connection ended does not matter.
  } finally {
    clearTimeout(timer);
  }
}
