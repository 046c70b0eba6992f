/** A request as it is sent. */
export interface WireRequest {
  readonly method: 'POST';
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  /** Ends the call, and the reading of its answer. */
  readonly signal: AbortSignal;
}

/** What is read of a response. A `Response` has it; a sender of one's own may hand over something lighter. */
export interface WireResponse {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: WireHeaders;
  readonly body: { getReader(): ByteReader } | null;
  text(): Promise<string>;
}

/** Headers of a response by name in lower case. */
export interface WireHeaders {
  get(name: string): string | null;
}

/** Reads a body piece by piece; rejects when it breaks off. */
export interface ByteReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
}

/** Sends a request and gives the response as soon as its head has come, whatever its status. The platform's `fetch` is one. */
export type Send = (url: string, request: WireRequest) => Promise<WireResponse>;
