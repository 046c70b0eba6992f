/** What a gateway reads of a request. A `Request` has it; a server may hand over something lighter. */
export interface GatewayRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: RequestHeaders;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
  readonly body: { getReader(): BodyReader } | null;
}

/** Headers of a request; `Headers` are some. */
export interface RequestHeaders extends Iterable<[name: string, value: string]> {
  get(name: string): string | null;
  has(name: string): boolean;
}

/** Reads a body piece by piece. */
export interface BodyReader {
  read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
  /** Ends the reading, also one under way. */
  cancel(): Promise<void>;
}
