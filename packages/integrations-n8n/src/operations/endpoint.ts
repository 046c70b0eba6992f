import type { Provider } from '@cascadeflow/contract';
import { createChatProvider, openaiFamilies, openFamilies, parseConnection } from '@cascadeflow/provider-kit';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { priceOf } from '../chat-model/price-of.ts';

/** A response of n8n's HTTP helper when it is asked for all of it, as a stream. */
interface FullResponse {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string | string[] | undefined };
  readonly body: AsyncIterable<Uint8Array>;
}

/** The credential's type, by which n8n adds the key to a request itself. */
export const endpointCredential = 'cascadeFlowOpenAiApi';

/** The models of a server that speaks Chat Completions, through n8n's own HTTP helper: its proxies and its credential hold. */
export async function openEndpoint(context: IExecuteFunctions, itemIndex: number): Promise<Provider> {
  const credentials = await context.getCredentials(endpointCredential, itemIndex);
  const baseURL = String(credentials['url']).replace(/\/+$/, '');
  const connection = parseConnection('endpoint', { baseURL }, { id: 'endpoint', baseURL, variable: '', keyOptional: true });
  const provider = createChatProvider({
    connection,
    options: {},
    quirks: {},
    families: [...openFamilies, ...openaiFamilies],
    priceVendors: [],
    keyHint: 'check the API key of the credential',
    async transport(body, signal) {
      const request: IDataObject = {
        method: 'POST', url: `${connection.baseURL}/chat/completions`, body, json: true,
        returnFullResponse: true, ignoreHttpStatusErrors: true, encoding: 'stream', abortSignal: signal,
      };
      return toResponse((await context.helpers.httpRequestWithAuthentication.call(context, endpointCredential, request)) as FullResponse);
    },
  });
  return { ...provider, price: (name) => priceOf('endpoint', name) };
}

function toResponse({ statusCode, headers, body }: FullResponse): Response {
  const plain = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) plain.set(name, Array.isArray(value) ? value.join(', ') : value);
  const iterator = body[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(stream, { status: statusCode, headers: plain });
}
