import type { IncomingHttpHeaders } from 'node:http';
import type { ScriptedAnswer } from '../scripted-answer.ts';
import type { StubTiming } from './timing.ts';

/**
 * What goes wrong on the wire. `afterChunks` pieces of the answer are sent first; without it the fault comes before the headers, except for
 * `cut`, `malformed` and `error-event`, which then come right after them. A reply that is not streamed sends half its body where
 * `afterChunks` is given.
 */
export type StubFault =
  /** An error in the vendor's shape, or `body` as it is. `retryAfter` in seconds or as a date. */
  | {
      readonly type: 'status';
      readonly status: number;
      readonly retryAfter?: number | Date;
      readonly code?: string;
      readonly message?: string;
      readonly body?: string;
    }
  /** The connection is reset (TCP RST). */
  | { readonly type: 'reset'; readonly afterChunks?: number }
  /** Nothing more comes until the client goes. */
  | { readonly type: 'hang'; readonly afterChunks?: number }
  /** Something that is not JSON where JSON is due. */
  | { readonly type: 'malformed'; readonly afterChunks?: number }
  /** The body stops before its end: properly ended (`clean`, the default), or with the socket closed under it. */
  | { readonly type: 'cut'; readonly afterChunks?: number; readonly clean?: boolean }
  /** The vendor's error object inside the stream. Not streamed: an error of this status (default 500). */
  | {
      readonly type: 'error-event';
      readonly afterChunks?: number;
      readonly status?: number;
      readonly code?: string;
      readonly message?: string;
    };

/** What the stub answers to one question. */
export interface StubReply extends ScriptedAnswer {
  /** Answers two, three … where several choices are asked for. Missing ones repeat the first. */
  readonly alternatives?: readonly ScriptedAnswer[];
  readonly fault?: StubFault;
  /** Wins over the stub's own timing. */
  readonly timing?: StubTiming;
  /** The body is sent in pieces of so many bytes, or in pieces that end at these offsets, wherever that falls. */
  readonly split?: number | readonly number[];
  /** Added to the response's headers. */
  readonly headers?: { readonly [name: string]: string };
}

/** A question to the stub, the vendor's wire taken off. */
export interface StubRequest {
  /** 0, 1, 2 … over everything the stub received. */
  readonly index: number;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The body as the client sent it, parsed. */
  readonly body: { readonly [key: string]: unknown };
  readonly model: string;
  /** Text of the last user message. */
  readonly prompt: string;
  readonly stream: boolean;
}

/** Decides what the stub says. A string is the whole answer. */
export type StubAnswerer = (request: StubRequest) => StubReply | string | Promise<StubReply | string>;

/** One request as the stub saw it. */
export interface StubRecord {
  readonly index: number;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  /** `undefined` when the body was empty or not JSON. */
  readonly body: unknown;
  /** `answered`: the whole reply went out. `left`: the client closed the connection first. `broken`: a fault of ours ended it. */
  readonly outcome: 'open' | 'answered' | 'left' | 'broken';
  /** Pieces of the answer written so far; 0 or 1 where it is not streamed. */
  readonly chunksSent: number;
  /** `performance.now()` at the last byte of the request. */
  readonly receivedAt: number;
  /** `performance.now()` when the exchange was over. */
  readonly endedAt?: number;
  /** Resolves when the exchange is over, however it ended. */
  readonly ended: Promise<void>;
}
