import { GatewayError } from '../errors/gateway-error.ts';
import type { BodyReader, GatewayRequest } from './gateway-request.ts';

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
export async function readBody(request: GatewayRequest, limits: BodyLimits): Promise<JsonObject> {
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

const decoder = new TextDecoder('utf-8', { fatal: true });

async function readText(request: GatewayRequest, { bodyBytes, bodyMs }: BodyLimits): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytes) throw tooLarge(bodyBytes);
  if (!request.body) return '';
  const bytes = await readBytes(request.body.getReader(), bodyBytes, bodyMs);
  try {
    return decoder.decode(bytes);
  } catch (error) {
    throw new GatewayError('invalid-request', 'the body is not UTF-8', { cause: error });
  }
}

async function readBytes(reader: BodyReader, bodyBytes: number, bodyMs: number): Promise<Uint8Array> {
  let isLate = false;
  const stop = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, bodyMs);
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (isLate) break;
      if (done) return join(pieces, size);
      if (value) pieces.push(value);
      size += value?.byteLength ?? 0;
      if (size > bodyBytes) break;
    }
  } catch (error) {
    if (!isLate) throw new GatewayError('invalid-request', 'the body broke off', { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (isLate) throw new GatewayError('timeout', `the body did not come within ${bodyMs} ms`, { status: 408 });
  stop();
  throw tooLarge(bodyBytes);
}

function join(pieces: readonly Uint8Array[], size: number): Uint8Array {
  if (pieces.length === 1) return pieces[0] as Uint8Array;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
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
