import { AbortedError, type Embedder, InvalidOptionsError, sleep, systemClock } from '@cascadeflow/contract';
import { parseTexts, throwIfAborted } from './embedder/parse-texts.ts';
import { toWellFormed } from './embedder/well-formed.ts';
import { readEmbeddings } from './http/read-embeddings.ts';
import { isRetryable, toProviderError } from './http/to-provider-error.ts';

/** Options of {@link createHttpEmbedder}. */
export interface HttpEmbedderOptions {
  /** Address up to and without `/embeddings`, `https://api.openai.com/v1`. */
  readonly baseURL: string;
  readonly model: string;
  /** Length of the model's vectors; another length in an answer is an error. */
  readonly dimensions: number;
  /** Sent as a bearer token. */
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields added to the body, such as `{ dimensions: 256 }` for models that can shorten their vectors. */
  readonly extraBody?: Readonly<Record<string, unknown>>;
  /** Texts per request. */
  readonly batchSize?: number;
  /** Milliseconds one request may take. */
  readonly timeoutMs?: number;
  /** Tries after the first for rate limits, server errors and broken connections. */
  readonly maxRetries?: number;
  /** The runtime's own by default. */
  readonly fetch?: typeof fetch;
}

/** First wait before a retry, in milliseconds; each further one is twice as long. */
const FIRST_WAIT_MS = 250;

/**
 * An OpenAI-compatible embeddings endpoint. Texts without content are not sent; their vectors are zeros.
 *
 * @throws InvalidOptionsError for a bad option; by `embed` ProviderError for failed requests and unreadable answers,
 *   AbortedError when the signal is aborted.
 */
export function createHttpEmbedder(options: HttpEmbedderOptions): Embedder {
  const { dimensions, model, batchSize = 64, timeoutMs = 30_000, maxRetries = 2 } = options;
  const endpoint = parseEndpoint(options.baseURL);
  if (typeof model !== 'string' || model === '') throw new InvalidOptionsError('model', "must be a model's name");
  for (const [name, value, least] of [['dimensions', dimensions, 1], ['batchSize', batchSize, 1], ['timeoutMs', timeoutMs, 1], ['maxRetries', maxRetries, 0]] as const) {
    if (!Number.isInteger(value) || value < least) throw new InvalidOptionsError(name, `must be an integer of ${least} or more`);
  }

  const post = async (input: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> => {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await (options.fetch ?? fetch)(endpoint, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(options.apiKey && { authorization: `Bearer ${options.apiKey}` }), ...options.headers },
        body: JSON.stringify({ ...options.extraBody, model, input, encoding_format: 'float' }),
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      if (!response.ok) {
        await response.body?.cancel();
        throw toProviderError(model, { response });
      }
      return readEmbeddings(await response.json(), input.length, dimensions);
    } catch (cause) {
      if (signal?.aborted) throw new AbortedError({ cause: signal.reason });
      throw toProviderError(model, { cause, timedOut: timeout.aborted });
    }
  };

  const postWithRetries = async (input: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> => {
    for (let attempt = 0; ; attempt++) {
      try {
        return await post(input, signal);
      } catch (error) {
        if (attempt >= maxRetries || !isRetryable(error)) throw error;
        const wait = error.retryAfterMs ?? FIRST_WAIT_MS * 2 ** attempt;
        await sleep(systemClock, wait, signal).catch((cause: unknown) => {
          throw new AbortedError({ cause });
        });
      }
    }
  };

  return {
    contract: 'v1',
    id: model,
    dimensions,
    async embed(texts, callOptions) {
      throwIfAborted(callOptions?.signal);
      const vectors: Float32Array[] = parseTexts(texts).map(() => new Float32Array(dimensions));
      const filled = [...texts.keys()].filter((index) => (texts[index] as string).trim() !== '');
      for (let from = 0; from < filled.length; from += batchSize) {
        const part = filled.slice(from, from + batchSize);
        const answers = await postWithRetries(part.map((index) => toWellFormed(texts[index] as string)), callOptions?.signal);
        for (const [position, index] of part.entries()) vectors[index] = answers[position] as Float32Array;
      }
      return vectors;
    },
  };
}

function parseEndpoint(baseURL: string): URL {
  const url = typeof baseURL === 'string' && URL.canParse(baseURL) ? new URL(baseURL) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new InvalidOptionsError('baseURL', 'must be an http or https address, such as https://api.openai.com/v1');
  url.pathname = `${url.pathname.replace(/\/$/, '')}/embeddings`;
  return url;
}
