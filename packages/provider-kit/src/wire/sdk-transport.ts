import type { Transport } from './wire-model.ts';
import type { WireHeaders } from './wire-response.ts';

/** The method of an SDK's resource that sends a body; the request can be taken as a raw response. */
export interface SdkResource {
  create(body: never, options?: never): unknown;
}

/** What SDKs throw for a response that failed. */
interface StatusError {
  readonly status?: number;
  readonly headers?: WireHeaders;
  readonly error?: unknown;
  readonly message?: string;
}

/**
 * Sends bodies through an official SDK. Its retries are off, because the cascade retries; its answer is taken raw, because SDKs let cut
 * and aborted streams end quietly. `build` is called once, at the first request, unless a `ready` resource is handed in.
 */
export function createSdkTransport(ready: SdkResource | undefined, build: () => Promise<SdkResource>, timeoutMs: number): Transport {
  let resource = ready;
  const timeout = Math.ceil(timeoutMs);
  return async (body, signal) => {
    resource ??= await build();
    const { create } = resource as unknown as { create(body: object, options: object): { asResponse(): Promise<Response> } };
    try {
      return await create.call(resource, body, { signal, maxRetries: 0, timeout }).asResponse();
    } catch (error) {
      const { status, headers, error: detail, message } = error as StatusError;
      if (typeof status !== 'number') throw error;
      const isWhole = typeof detail === 'object' && detail !== null && 'error' in detail;
      return { status, headers, body: isWhole ? detail : detail === undefined ? message : { error: detail } };
    }
  };
}
