import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stub, startStub } from '@cascadeflow/testing';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';
import { parseConfig } from './read-config.ts';
import { type RunningServer, startServer } from './start-server.ts';
import { configTemplate } from './template.ts';

let folder: string;
let stub: Stub;
let server: RunningServer | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-'));
  stub = await startStub({ apiKey: 'sk-up' });
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await stub.close();
  await rm(folder, { recursive: true });
});

const configOf = (extra = '') => `
providers: { openai: { apiKey: "\${UP}", baseURL: "${stub.baseURL}" } }
cascades: { main: { models: [openai/small@0.1, openai/large@2] } }
${extra}`;

async function start(text: string, lines: string[] = [], host?: string): Promise<RunningServer> {
  const configFile = join(folder, 'cascadeflow.yaml');
  await writeFile(configFile, text);
  server = await startServer({ configFile, env: { UP: 'sk-up' }, port: 0, log: (line) => lines.push(line), ...(host !== undefined && { host }) });
  return server;
}

const ask = (url: string, model = 'small', key = 'none') =>
  fetch(`${url}/v1/chat/completions`, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body: JSON.stringify({ model, messages: [{ role: 'user', content: 'hi' }] }) });

describe('the configuration file', () => {
  it('is written by init with values that pass, and never over another', async () => {
    const file = join(folder, 'made.yaml');
    expect(await main(['init', file], testIo())).toBe(ExitCode.ok);
    expect(await parseConfig(await readFile(file, 'utf8'), { OPENAI_API_KEY: 'k' })).toMatchObject({ listen: { host: '127.0.0.1' }, providers: { openai: { apiKey: 'k' } } });
    const io = testIo();
    expect(await main(['init', file], io)).toBe(ExitCode.usage);
    expect(io.written.err).toContain('--force');
    // What is commented out is right too.
    const uncommented = configTemplate.replaceAll(/^(\s*)# (?=\s*[\w-]+:|\s*- )/gm, '$1');
    expect(await parseConfig(uncommented, { OPENAI_API_KEY: 'k', ANTHROPIC_API_KEY: 'a', GATEWAY_ADMIN_KEY: 'a'.repeat(16), DATABASE_URL: 'postgres://127.0.0.1/x' })).toMatchObject({ keysFile: 'keys.json', aliases: { 'gpt-4o': 'cascade' } });
  });

  it.each([
    ['cascades: {}', /^cascades: give at least one/],
    ['cascades: { main: { models: [] } }', /^cascades\.main\.models: /],
    ['embedings: { local: local }', /^Unrecognized key: "embedings"/],
    ['{}', /^cascades: is missing/],
    ['cascades: { main: { models: [a/b] } }\nembeddings: { local: lokal }', /^embeddings\.local: Invalid input: expected "local", or Invalid input: expected object/],
    ['cascades: { main: { models: [a/b], qualty: strict } }', /^cascades\.main: Unrecognized key: "qualty"/],
    ['providers: { openai: { apiKey: "${NOBODY}" } }', /^providers\.openai\.apiKey: the environment has no NOBODY/],
    ['cascades: [', /flow/i],
    ['listen: { port: 70000 }\ncascades: { main: { models: [a/b] } }', /^listen\.port: /],
  ])('%j is refused by path', async (text, message) => {
    await expect(parseConfig(text, {})).rejects.toThrow(message);
  });

  it('takes prices from a list of its own, and names one that is none', async () => {
    await writeFile(join(folder, 'prices.json'), JSON.stringify({ asOf: '2030-01-01', source: 'mine', vendors: { openai: [[{ equals: 'small' }, 100, 200, null, null, null]] } }));
    const { url } = await start(configOf('priceList: prices.json').replace('openai/small@0.1', 'openai/small'));
    expect(Number((await ask(url)).headers.get('x-cascade-cost'))).toBeGreaterThan(0);
    await server?.close();
    server = undefined;
    await writeFile(join(folder, 'prices.json'), '[]');
    await expect(start(configOf('priceList: prices.json'))).rejects.toThrow(/prices\.json: it is no price list/);
  });

  it('takes secrets as values, whatever is in them', async () => {
    const config = await parseConfig(configOf(), { UP: 'x"\ncascades: {}' });
    expect(config.providers?.['openai']?.apiKey).toBe('x"\ncascades: {}');
  });
});

describe('the server', () => {
  it('answers with the vendor\'s key, which no client sees', async () => {
    const { url } = await start(configOf());
    const response = await ask(url);
    expect(response.status).toBe(200);
    expect(JSON.stringify([await response.json(), ...response.headers])).not.toContain('sk-up');
  });

  it('is not opened to others without keys', async () => {
    await expect(start(configOf(), [], '0.0.0.0')).rejects.toThrow('keysFile is needed to listen on 0.0.0.0');
  });

  it('notices a new configuration, and keeps the old one when the new is wrong', async () => {
    const lines: string[] = [];
    const { url } = await start(configOf(), lines);
    const file = join(folder, 'cascadeflow.yaml');
    await writeFile(file, 'cascades: 7');
    await vi.waitFor(() => expect(lines.at(-1)).toMatch(/old one stays: cascades: /), 10_000);
    expect((await ask(url)).status).toBe(200);
    await writeFile(file, configOf('aliases: { gpt-4o: cascade }'));
    await vi.waitFor(async () => expect((await ask(url, 'gpt-4o')).status).toBe(200), 10_000);
  });

  it('knows keys that are added, and forgets those that are revoked', async () => {
    const keysFile = join(folder, 'keys.json');
    const io = testIo();
    expect(await main(['keys', 'add', 'app', '--file', keysFile, '--models', 'small'], io)).toBe(ExitCode.ok);
    const key = io.written.out.trim();
    expect(await readFile(keysFile, 'utf8')).not.toContain(key);
    expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
    expect(await main(['keys', 'add', 'app', '--file', keysFile], testIo())).toBe(ExitCode.usage);
    const list = testIo();
    await main(['keys', 'list', '--file', keysFile], list);
    expect(list.written.out).toMatch(/app +small/);

    const { url } = await start(configOf('keysFile: keys.json'));
    expect((await ask(url)).status).toBe(401);
    expect((await ask(url, 'small', key)).status).toBe(200);
    expect((await ask(url, 'large', key)).status).toBe(403);
    expect(await main(['keys', 'revoke', 'app', '--file', keysFile], testIo())).toBe(ExitCode.ok);
    await vi.waitFor(async () => expect((await ask(url, 'small', key)).status).toBe(401), 10_000);
  });

  it('embeds with the local model and with those of servers', async () => {
    const { url } = await start(configOf(`embeddings: { local: local, theirs: { baseURL: "${stub.baseURL}", model: their-model, dimensions: 3 } }`));
    const embed = async (model: string) => fetch(`${url}/v1/embeddings`, { method: 'POST', body: JSON.stringify({ model, input: ['a cat', 'a kitten', 'tax law'] }) });
    const local = (await (await embed('local')).json()) as { data: { embedding: number[] }[] };
    const [cat, kitten, law] = local.data.map(({ embedding }) => embedding) as [number[], number[], number[]];
    const dot = (left: number[], right: number[]) => left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
    expect(cat).toHaveLength(256);
    expect(dot(cat, kitten)).toBeGreaterThan(dot(cat, law));
    expect((await embed('theirs')).status).toBeGreaterThanOrEqual(400);
    expect(stub.requests.at(-1)).toMatchObject({ path: '/v1/embeddings', body: { model: 'their-model' } });
    expect((await embed('nobody')).status).toBe(404);
  });

  it('tells the OpenTelemetry SDK of its process, and its log, of each run', async () => {
    const exporter = new InMemorySpanExporter();
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
    const lines: string[] = [];
    const { url } = await start(configOf('telemetry: { openTelemetry: true, logs: true }'), lines);
    await ask(url);
    trace.disable();
    expect(exporter.getFinishedSpans().map(({ name }) => name)).toEqual(['chat small', 'cascade']);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ level: 'info', message: 'cascade answered', modelUsed: 'small' });
  });

  it('lets a stream finish when it is stopped', async () => {
    const { url } = await start(configOf());
    stub.enqueue({ text: 'one two three four', timing: { firstChunkMs: 5, chunkMs: 30 } });
    const stream = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify({ model: 'small', stream: true, messages: [{ role: 'user', content: 'hi' }] }) });
    const closed = server!.close();
    server = undefined;
    expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    await closed;
    await expect(ask(url)).rejects.toThrow();
  });

  it('is the command `gateway`, until it is interrupted', async () => {
    const file = join(folder, 'c.json');
    await writeFile(file, JSON.stringify({ providers: { openai: { apiKey: '${UP}', baseURL: stub.baseURL } }, cascades: { main: { models: ['openai/small'] } } }));
    const stop = new AbortController();
    const io = testIo({ env: { UP: 'sk-up' }, signal: stop.signal });
    const ended = main(['gateway', '--config', file, '--port', '0'], io);
    await vi.waitFor(() => expect(io.written.out).toMatch(/Gateway on http:\/\/127\.0\.0\.1:\d+/), 10_000);
    const url = /http:\S+/.exec(io.written.out)![0];
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    await vi.waitFor(() => expect(io.written.err).toContain(`The dashboard is at ${url}/.`));
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    // Where the page has not been built, it says how.
    if (page.status !== 200) expect([page.status, await page.text()]).toEqual([503, expect.stringContaining('pnpm build')]);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${url}/dashboard/other.js`)).status).toBe(404);
    stop.abort();
    expect(await ended).toBe(ExitCode.interrupted);
  });
});
