import { GatewayError } from '../errors/gateway-error.ts';

/** What a body may be. */
export interface BodyLimits {
  /** Most bytes. */
  readonly bodyBytes: number;
  /** Milliseconds within which the whole body must have come. */
  readonly bodyMs: number;
  /** Deepest nesting of objects and lists. */
  readonly bodyDepth: number;
}

/** A JSON object as a client sent it. */
export type JsonObject = { readonly [key: string]: unknown };

/**
 * Reads a JSON object.
 * @throws GatewayError when it is too large, too slow, too deep, or no JSON object.
 */
export async function readBody(request: Request, limits: BodyLimits): Promise<JsonObject> {
  const text = await readText(request, limits);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new GatewayError('invalid-request', 'We could not parse the JSON body of your request.');
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new GatewayError('invalid-request', 'the body must be a JSON object');
  checkDepth(body, limits.bodyDepth);
  return body as JsonObject;
}

async function readText(request: Request, { bodyBytes, bodyMs }: BodyLimits): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) throw tooLarge(bodyBytes);
  if (!request.body) return '';
  const reader = request.body.getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void reader.cancel().catch(() => {});
  }, bodyMs);
  try {
    let text = '';
    for (let size = 0; ; ) {
      const { done, value } = await reader.read();
      if (isLate) throw new GatewayError('timeout', `the body did not come within ${bodyMs} ms`, { status: 408 });
      if (done) return text + decoder.decode();
      size += value.byteLength;
      if (size > bodyBytes) {
        void reader.cancel().catch(() => {});
        throw tooLarge(bodyBytes);
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (isLate) throw new GatewayError('timeout', `the body did not come within ${bodyMs} ms`, { status: 408 });
    throw new GatewayError('invalid-request', error instanceof TypeError && !request.signal.aborted ? 'the body is not UTF-8' : 'the body broke off', { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

function tooLarge(limit: number): GatewayError {
  return new GatewayError('too-large', `the body is larger than ${limit} bytes`);
}

/** Walks with a list of its own: the depth that is to be refused must not overflow the stack. */
function checkDepth(body: object, limit: number): void {
  let level: object[] = [body];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > limit) throw new GatewayError('invalid-request', `the body is nested deeper than ${limit} levels`);
    const next: object[] = [];
    for (const value of level) for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) next.push(child as object);
    level = next;
  }
}
