import type { IncomingHttpHeaders } from 'node:http';
import type { StubRecord, StubReply, StubRequest } from './reply.ts';

/** A piece of a streamed body. Faults and timings count the pieces that are `chunk`. */
export interface StubFrame {
  readonly text: string;
  readonly chunk: boolean;
}

/** What went wrong, before a dialect dresses it. */
export interface StubError {
  readonly status: number;
  readonly message: string;
  readonly code?: string;
}

/** A reply that is no answer of a model: a list, vectors, an error. */
export interface StubPlain {
  readonly status: number;
  readonly body: unknown;
}

/** What a dialect may know of the stub it speaks for. */
export interface StubFacts {
  /** Models the stub has; absent means any name. */
  readonly models?: readonly string[];
}

/** A vendor's wire: how it is asked, and how it answers, streams and fails. One file per vendor. */
export interface StubDialect {
  readonly name: string;
  /** Content type of a streamed body. */
  readonly streamType: string;
  /** Whether this method and path is a question to a model, something else of this vendor, or another's. */
  route(method: string, path: string): 'question' | 'other' | undefined;
  /** The key a client sent. */
  key(headers: IncomingHttpHeaders): string | undefined;
  /** Reads a question, or says what the vendor would object to. */
  read(record: StubRecord): StubRequest | StubError;
  /** Answers whatever is no question. */
  serve(record: StubRecord, facts: StubFacts): StubPlain;
  /** The answer in one piece, as JSON. */
  whole(reply: StubReply, request: StubRequest): unknown;
  /** The answer as a stream. */
  frames(reply: StubReply, request: StubRequest): readonly StubFrame[];
  /** The body of an error. */
  errorBody(error: StubError): unknown;
  /** The error as a piece of a stream. */
  errorFrame(error: StubError): string;
  /** A piece of a stream that is not JSON. */
  readonly malformedFrame: string;
}
