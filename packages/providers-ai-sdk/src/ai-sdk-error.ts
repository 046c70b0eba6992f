import { CascadeError } from '@cascadeflow/contract';
import { asRecord, type ErrorContext, toNetworkError, toProviderError } from '@cascadeflow/provider-kit';

/** Errors of the AI SDK that mean: the answer could not be read. */
const unreadable: ReadonlySet<string> = new Set(['AI_JSONParseError', 'AI_TypeValidationError', 'AI_InvalidResponseDataError', 'AI_EmptyResponseBodyError']);

/** Turns what an AI SDK model threw, or put into its stream, into a `ProviderError`. `started` is true once parts have come. */
export function toAiSdkError(error: unknown, context: ErrorContext, started: boolean): unknown {
  if (CascadeError.is(error)) return error;
  const { statusCode, responseBody, responseHeaders, name, cause, type } = (asRecord(error) ?? {}) as {
    statusCode?: unknown;
    responseBody?: unknown;
    responseHeaders?: unknown;
    name?: unknown;
    cause?: unknown;
    type?: unknown;
  };
  const errorName = error instanceof Error ? error.name : String(name);
  if (unreadable.has(errorName)) return toNetworkError(new SyntaxError(), context, started);
  if (typeof statusCode === 'number' && statusCode >= 400) {
    return toProviderError({ status: statusCode, headers: new Headers(asHeaders(responseHeaders)), body: parse(responseBody) }, context);
  }
  // A good status with an error means that the body failed under way; the cause says how.
  if (typeof statusCode === 'number' && cause instanceof Error) return toAiSdkError(cause, context, true);
  if (error instanceof Error) return toNetworkError(cause instanceof Error ? cause : error, context, started);
  return toProviderError({ body: type === undefined && typeof error === 'string' ? error : { error } }, context);
}

function asHeaders(headers: unknown): [string, string][] {
  return Object.entries(asRecord(headers) ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
}

function parse(body: unknown): unknown {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
