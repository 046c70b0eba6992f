import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { StubDialect } from './dialect.ts';
import { openaiDialect } from './dialect-openai.ts';
import type { StubAnswerer, StubRecord, StubReply } from './reply.ts';
import { sendJson, sendReply } from './send.ts';
import type { StubTiming } from './timing.ts';

/** What a stub is started with. */
export interface StubOptions {
  /** What it says. Default: `Stub answer.` to everything. */
  readonly answer?: StubAnswerer;
  /** Wires it speaks, asked in this order. Default: OpenAI's. */
  readonly dialects?: readonly StubDialect[];
  /** Models it has: others are answered 404. Default: any name is fine. */
  readonly models?: readonly string[];
  /** Key it demands: others are answered 401. Default: none. */
  readonly apiKey?: string;
  /** How fast it answers; a function is asked for each reply. Default: at once. */
  readonly timing?: StubTiming | (() => StubTiming);
  /** False keeps no requests, for benchmarks. Default true. */
  readonly record?: boolean;
}

/** A running stub. */
export interface Stub {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The address with `/v1`, as clients of OpenAI's wire want it. */
  readonly baseURL: string;
  /** Everything it was asked, in order. */
  readonly requests: readonly StubRecord[];
  /** Connections open now. */
  readonly openSockets: number;
  /** Exchanges under way now. */
  readonly active: number;
  /** Sets replies that the next questions get before the answerer is asked again, in order. */
  enqueue(...replies: readonly (StubReply | string)[]): void;
  /** Replaces the answerer. */
  setAnswer(answer: StubAnswerer): void;
  /** Forgets the recorded requests and the replies not yet given. */
  clear(): void;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** Starts an upstream on a free port of 127.0.0.1 that speaks a vendor's wire, answers as told and fails on demand. */
export async function startStub(options: StubOptions = {}): Promise<Stub> {
  const dialects = options.dialects ?? [openaiDialect];
  const facts = options.models === undefined ? {} : { models: options.models };
  const requests: StubRecord[] = [];
  const queue: (StubReply | string)[] = [];
  const sockets = new Set<Socket>();
  let answer: StubAnswerer = options.answer ?? (() => 'Stub answer.');
  let count = 0;
  let active = 0;

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const left = new AbortController();
    let end = (): void => {};
    const ended = new Promise<void>((resolve) => {
      end = resolve;
    });
    const record = toRecord(incoming, await readBody(incoming), count++, ended);
    active++;
    response.on('close', () => {
      active--;
      record.endedAt = performance.now();
      if (record.outcome === 'open') record.outcome = response.writableFinished ? 'answered' : 'left';
      left.abort();
      end();
    });
    if (options.record !== false) requests.push(record);

    const dialect = dialects.find((one) => one.route(record.method, record.path) !== undefined);
    if (dialect === undefined) return sendJson(response, 404, { error: { message: `the stub has no ${record.method} ${record.path}` } });
    const refuse = (status: number, message: string, code?: string): void =>
      sendJson(response, status, dialect.errorBody({ status, message, ...(code !== undefined && { code }) }));
    if (options.apiKey !== undefined && dialect.key(incoming.headers) !== options.apiKey) {
      return refuse(401, 'Incorrect API key provided.', 'invalid_api_key');
    }
    if (dialect.route(record.method, record.path) === 'other') {
      const { status, body } = dialect.serve(record, facts);
      return sendJson(response, status, body);
    }
    const request = dialect.read(record);
    if ('status' in request) return refuse(request.status, request.message, request.code);
    if (options.models?.includes(request.model) === false) {
      return refuse(404, `The model '${request.model}' does not exist or you do not have access to it.`, 'model_not_found');
    }
    const said = queue.shift() ?? (await answer(request));
    const reply = typeof said === 'string' ? { text: said } : said;
    const timing = reply.timing ?? (typeof options.timing === 'function' ? options.timing() : options.timing);
    const exchange = {
      response,
      left: left.signal,
      countChunk: () => void record.chunksSent++,
      breakOff: () => void (record.outcome = 'broken'),
    };
    await sendReply(exchange, dialect, request, reply, timing);
  };

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // The client has gone, or the test's answerer threw: the first needs no answer, the second must not hang.
      if (response.destroyed) return;
      if (response.headersSent) response.destroy();
      else sendJson(response, 500, { error: { message: `the stub's answerer threw: ${String(error)}` } });
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    baseURL: `${url}/v1`,
    requests,
    get openSockets() {
      return sockets.size;
    },
    get active() {
      return active;
    },
    enqueue: (...replies) => void queue.push(...replies),
    setAnswer: (next) => void (answer = next),
    clear() {
      requests.length = 0;
      queue.length = 0;
    },
    async close() {
      const gone = [...sockets].map((socket) => once(socket, 'close'));
      server.close();
      server.closeAllConnections();
      await Promise.all(gone);
    },
  };
}

function toRecord(incoming: IncomingMessage, rawBody: string, index: number, ended: Promise<void>): Mutable<StubRecord> {
  return {
    index,
    method: incoming.method ?? 'GET',
    path: (incoming.url ?? '/').split('?', 1)[0]!,
    headers: incoming.headers,
    rawBody,
    body: parseJson(rawBody),
    outcome: 'open',
    chunksSent: 0,
    receivedAt: performance.now(),
    ended,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of incoming) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
