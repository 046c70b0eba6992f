import type { SeededRandom } from '@cascadeflow/testing';
import { badBody, goodBodies } from './bad-bodies.ts';

/** One malformed request: what is written, and how the client then behaves. */
export interface BadRequest {
  /** For the report, where it was answered wrongly. */
  readonly kind: string;
  readonly bytes: Buffer;
  /** `wait`: reads the answer. `half-close`: ends its side first. `reset`: breaks off. `stall`: says nothing more. */
  readonly ending: 'wait' | 'half-close' | 'reset' | 'stall';
}

const doors = Object.keys(goodBodies);
const host = 'host: 127.0.0.1\r\n';
const json = 'content-type: application/json\r\n';

/** The request that must never be answered, hidden behind another's body; its answer is a list of models. */
const hidden = 'GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n';

/** The next malformed request of a seeded series. */
export function badRequest(random: SeededRandom): BadRequest {
  const door = random.pick(doors);
  const roll = random.next();
  if (roll < 0.62) return withBody(random, door);
  if (roll < 0.74) return withBadHead(random, door);
  if (roll < 0.84) return smuggled(random, door);
  if (roll < 0.92) return oddLine(random);
  return brokenOff(random, door);
}

function withBody(random: SeededRandom, door: string): BadRequest {
  const body = Buffer.from(badBody(random, door));
  const isChunked = random.chance(0.2);
  const framed = isChunked ? Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from(body.length > 0 ? '\r\n0\r\n\r\n' : '\r\n')]) : body;
  const length = isChunked ? 'transfer-encoding: chunked\r\n' : `content-length: ${body.length}\r\n`;
  const head = `POST ${door} HTTP/1.1\r\n${host}${random.chance(0.8) ? json : ''}${length}connection: close\r\n\r\n`;
  return { kind: 'body', bytes: Buffer.concat([Buffer.from(head), framed]), ending: 'wait' };
}

const badHeaders: readonly ((random: SeededRandom) => string)[] = [
  (random) => `x-cascade-quality: ${random.pick(['best', '2', '-1', 'NaN', '', '0.5, 0.7'])}\r\n`,
  (random) => `x-cascade-deadline-ms: ${random.pick(['soon', '-5', '1e99', '0', '99999999999999999999'])}\r\n`,
  (random) => `x-cascade-session: ${'s'.repeat(random.integer(200, 12_000))}\r\n`,
  () => 'x-cascade-nonsense: 1\r\n',
  (random) => `authorization: ${random.pick(['Bearer', 'Basic eA==', 'Bearer \u00ff', `Bearer ${'k'.repeat(8000)}`])}\r\n`,
  () => 'x-bad: a\0b\r\n',
  () => 'x-fold: a\r\n b\r\n',
  () => 'space before : x\r\n',
  () => ': no name\r\n',
  () => 'no colon\r\n',
  (random) => `x-many: 1\r\n`.repeat(random.pick([50, 3000])),
  (random) => `x-long: ${'x'.repeat(random.pick([8000, 40_000]))}\r\n`,
  () => 'expect: the unexpected\r\n',
  () => 'origin: https://elsewhere.example\r\n',
  () => 'content-encoding: gzip\r\n',
  () => 'host: second\r\n',
  () => 'upgrade: websocket\r\nconnection: upgrade\r\n',
  () => 'accept: \u0001\u0002\r\n',
];

function withBadHead(random: SeededRandom, door: string): BadRequest {
  const body = JSON.stringify(goodBodies[door]);
  const bytes = Buffer.from(`POST ${door} HTTP/1.1\r\n${host}${json}${random.pick(badHeaders)(random)}content-length: ${body.length}\r\n\r\n${body}`, 'latin1');
  return { kind: 'header', bytes, ending: 'half-close' };
}

/** Two lengths for one body: what follows must never be answered as a request of its own. */
function smuggled(random: SeededRandom, door: string): BadRequest {
  const framing = random.pick([
    `content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding: chunked\r\ncontent-length: 0\r\n\r\n0\r\n\r\n${hidden}`,
    `content-length: 0\r\ncontent-length: ${hidden.length}\r\n\r\n${hidden}`,
    `transfer-encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding:\u000bchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `content-length: +4\r\n\r\nbody${hidden}`,
    `content-length: 0x4\r\n\r\nbody${hidden}`,
    `content-length: -1\r\n\r\n${hidden}`,
    `transfer-encoding: chunked\r\n\r\nffffffffffffffff1\r\nx\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding: chunked\r\n\r\n-1\r\nx\r\n0\r\n\r\n${hidden}`,
    `transfer-encoding: chunked\r\n\r\n1\nx\n0\n\n${hidden}`,
    `x: a\ntransfer-encoding: chunked\r\ncontent-length: 4\r\n\r\n0\r\n\r\n${hidden}`,
  ]);
  return { kind: 'smuggling', bytes: Buffer.from(`POST ${door} HTTP/1.1\r\n${host}${json}${framing}`, 'latin1'), ending: 'half-close' };
}

const targets = ['/', '//', '/v1', '/v1/', '/v1/models/%ff', '/v1/models/%00', '/v1/models/..%2f..%2fetc', '/v1/../admin', '/v1/chat/completions?x=1&x=2', '/admin/runs/%F0', '/admin/runs?limit=-1', '/admin/summary', '/metrics', '*', 'http://elsewhere.example/v1/models', '/%', '/\u00ff', `/${'a'.repeat(10_000)}`, '/v1/models#x', '/favicon.ico', 'v1/models', '/v1/chat/completions/'] as const;
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT', 'PATCH', 'get', 'FETCH', '', 'G ET', 'PRI'] as const;
const versions = ['HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/9.9', 'http/1.1', '', 'HTTP/1.1 x'] as const;

function oddLine(random: SeededRandom): BadRequest {
  const version = random.chance(0.6) ? 'HTTP/1.1' : random.pick(versions);
  const hostLine = random.pick([host, host, host, '', 'host:\r\n', 'host: a b\r\n', 'host: [::1\r\n', 'host: x:99999\r\n', 'host: \u00ff\r\n', 'host: a/b?c\r\n', 'host: user@x\r\n']);
  return { kind: 'line', bytes: Buffer.from(`${random.pick(methods)} ${random.pick(targets)} ${version}\r\n${hostLine}\r\n`, 'latin1'), ending: 'half-close' };
}

/** Clients that stop in the middle: of the head, of the body, of the answer. */
function brokenOff(random: SeededRandom, door: string): BadRequest {
  const body = JSON.stringify({ ...goodBodies[door], stream: random.chance(0.5) });
  const whole = Buffer.from(`POST ${door} HTTP/1.1\r\n${host}${json}content-length: ${body.length}\r\n\r\n${body}`);
  const ending = random.pick(['half-close', 'half-close', 'reset', 'reset', 'stall'] as const);
  // Half a head is left to the server's own patience, a minute: such a client does not wait for it here.
  const from = ending === 'stall' ? whole.length - body.length : 0;
  return { kind: `broken off, ${ending}`, bytes: whole.subarray(0, random.integer(from, random.chance(0.3) ? whole.length : whole.length - 1)), ending };
}
