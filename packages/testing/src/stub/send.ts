import type { ServerResponse } from 'node:http';
import { sleep, systemClock } from '@cascadeflow/contract';
import { splitBytes } from '../chunking.ts';
import type { StubDialect, StubFrame } from './dialect.ts';
import type { StubFault, StubReply, StubRequest } from './reply.ts';
import type { StubTiming } from './timing.ts';

/** Where a reply goes. `left` fires when the client has gone. */
export interface Exchange {
  readonly response: ServerResponse;
  readonly left: AbortSignal;
  /** Told after each piece of the answer that was written. */
  countChunk(): void;
  /** Told when a fault of ours ends the exchange. */
  breakOff(): void;
}

type LateFault = Exclude<StubFault, { type: 'status' }>;

/** Writes a reply with its timing, its pieces and its fault. Rejects when the client has gone. */
export async function sendReply(
  exchange: Exchange,
  dialect: StubDialect,
  request: StubRequest,
  reply: StubReply,
  timing: StubTiming | undefined,
): Promise<void> {
  const { response } = exchange;
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value);
  const fault = reply.fault;
  if (fault?.type === 'status') {
    if (fault.retryAfter !== undefined) {
      response.setHeader('retry-after', typeof fault.retryAfter === 'number' ? fault.retryAfter : fault.retryAfter.toUTCString());
    }
    return sendJson(response, fault.status, fault.body ?? dialect.errorBody({ ...fault, message: fault.message ?? `stub status ${fault.status}` }));
  }
  if ((fault?.type === 'reset' || fault?.type === 'hang') && fault.afterChunks === undefined) return breakOff(exchange, fault);
  if (!request.stream) return sendWhole(exchange, dialect, request, reply, timing);

  response.writeHead(200, { 'content-type': dialect.streamType, 'cache-control': 'no-cache' });
  const frames = dialect.frames(reply, request);
  const kept = fault === undefined ? frames : keepChunks(frames, fault.afterChunks ?? 0);
  if (fault !== undefined || timing !== undefined) response.flushHeaders();
  await writeFrames(exchange, kept, reply.split, timing);
  if (fault === undefined) return void response.end();
  if (fault.type === 'malformed') return void response.end(dialect.malformedFrame);
  if (fault.type === 'error-event') return void response.end(dialect.errorFrame(toStubError(fault)));
  return breakOff(exchange, fault);
}

/** Writes JSON, or a text as it is. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function toStubError(fault: Extract<StubFault, { type: 'error-event' }>) {
  return { status: fault.status ?? 500, message: fault.message ?? 'stub error in mid-stream', ...(fault.code !== undefined && { code: fault.code }) };
}

function keepChunks(frames: readonly StubFrame[], chunks: number): readonly StubFrame[] {
  let seen = 0;
  const end = frames.findIndex((frame) => frame.chunk && seen++ === chunks);
  const lastChunk = frames.findLastIndex((frame) => frame.chunk);
  return frames.slice(0, end === -1 ? lastChunk + 1 : end);
}

function chunkDelay(timing: StubTiming, index: number): number {
  if (index === 0) return timing.firstChunkMs;
  return typeof timing.chunkMs === 'function' ? timing.chunkMs(index) : (timing.chunkMs ?? 0);
}

async function writeFrames(
  exchange: Exchange,
  frames: readonly StubFrame[],
  split: StubReply['split'],
  timing: StubTiming | undefined,
): Promise<void> {
  if (split !== undefined) return writeSplit(exchange, frames.map((frame) => frame.text).join(''), split);
  const { response } = exchange;
  // Due times add up, so that a timer that fires late does not make the whole stream late.
  const start = performance.now();
  let due = 0;
  let chunks = 0;
  if (timing === undefined) response.cork();
  for (const frame of frames) {
    if (frame.chunk && timing !== undefined) {
      due += chunkDelay(timing, chunks);
      const wait = start + due - performance.now();
      if (wait > 0) await sleep(systemClock, wait, exchange.left);
    }
    response.write(frame.text);
    if (!frame.chunk) continue;
    chunks++;
    exchange.countChunk();
  }
  if (timing === undefined) response.uncork();
}

async function writeSplit({ response, left }: Exchange, text: string, split: number | readonly number[]): Promise<void> {
  const bytes = Buffer.from(text);
  const offsets = typeof split === 'object' ? split : Array.from({ length: Math.ceil(bytes.length / split) }, (_, index) => index * split);
  for (const piece of splitBytes(bytes, offsets)) {
    left.throwIfAborted();
    response.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function sendWhole(
  exchange: Exchange,
  dialect: StubDialect,
  request: StubRequest,
  reply: StubReply,
  timing: StubTiming | undefined,
): Promise<void> {
  const { response, left } = exchange;
  if (timing !== undefined) {
    const chunks = dialect.frames(reply, request).filter((frame) => frame.chunk).length;
    let wait = 0;
    for (let index = 0; index < Math.max(1, chunks); index++) wait += chunkDelay(timing, index);
    await sleep(systemClock, wait, left);
  }
  const text = JSON.stringify(dialect.whole(reply, request));
  const fault = reply.fault as LateFault | undefined;
  if (fault?.type === 'error-event') return sendJson(response, fault.status ?? 500, dialect.errorBody(toStubError(fault)));
  exchange.countChunk();
  if (fault === undefined && reply.split === undefined) return sendJson(response, 200, text);
  response.writeHead(200, { 'content-type': 'application/json' });
  if (fault === undefined) {
    await writeSplit(exchange, text, reply.split!);
    return void response.end();
  }
  response.write(text.slice(0, Math.floor(text.length / 2)));
  if (fault.type === 'malformed') return void response.end('}{');
  return breakOff(exchange, fault);
}

/** Ends the exchange as a failing server would. Bytes written before are let out first. */
async function breakOff(exchange: Exchange, fault: LateFault): Promise<void> {
  const { response, left } = exchange;
  if (fault.type === 'cut' && fault.clean !== false) return void response.end();
  await new Promise((resolve) => setTimeout(resolve, flushMs));
  left.throwIfAborted();
  if (fault.type === 'hang') return new Promise((_resolve, reject) => left.addEventListener('abort', () => reject(left.reason)));
  exchange.breakOff();
  if (fault.type === 'reset') response.socket?.resetAndDestroy();
  else response.destroy();
}

/** Long enough for written bytes to reach a client on loopback; a reset throws away what is still under way. */
const flushMs = 5;
