import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Checks } from '@cascadeflow/real/checks';
import { type ServerProcess, startProgram } from '@cascadeflow/real/processes';
import { installPackage, Unavailable } from '@cascadeflow/real/workshop';
import { build } from 'esbuild';
import OpenAI from 'openai';
import { bunFlags, denoFlags, findBun, findDeno } from './runtime-programs.ts';
import { expectLeft, script, type World } from './world.ts';

const mounts = resolve(import.meta.dirname, '../../../docs/examples/gateway-mounts');

/** A server that can be asked and stopped. */
type Running = Pick<ServerProcess, 'url' | 'close'>;

/** The examples of mounting the gateway, each in its own runtime. They ask the stub as their upstream. */
const runtimes: { readonly [name: string]: (upstream: string) => Promise<Running> } = { Bun: startBun, Deno: startDeno, workerd: startWorker };

/** Runs the mounts of Bun, Deno and Workers where these can be had. */
export async function checkRuntimes(checks: Checks, world: World): Promise<void> {
  for (const [name, start] of Object.entries(runtimes)) {
    try {
      const server = await start(world.stub.baseURL);
      try {
        await checkRuntime(checks, name, server, world);
      } finally {
        await server.close();
      }
    } catch (error) {
      if (error instanceof Unavailable) checks.skip(name, error.message);
      else checks.fail(name, error);
    }
  }
}

async function checkRuntime({ check }: Checks, name: string, server: Running, world: World): Promise<void> {
  const client = new OpenAI({ apiKey: 'any', baseURL: `${server.url}/v1`, maxRetries: 0 });
  const ask = (content: string) => [{ role: 'user' as const, content }];
  const expect = (seen: unknown, due: unknown) => {
    if (seen !== due) throw new Error(`got ${JSON.stringify(seen)}`);
  };
  await check(`${name}: text`, async () => {
    const answer = await client.chat.completions.create({ model: 'cascade', messages: ask(script.question) });
    expect(answer.choices[0]?.message.content, script.answer);
  });
  await check(`${name}: stream`, async () => {
    expect(await client.chat.completions.stream({ model: 'cascade', messages: ask(script.question) }).finalContent(), script.answer);
  });
  await check(`${name}: errors`, async () => {
    const error: unknown = await client.chat.completions.create({ model: 'nobody', messages: ask('hi') }).then(() => undefined, (reason: unknown) => reason);
    expect(error instanceof OpenAI.NotFoundError, true);
  });
  await check(`${name}: abort`, async () => {
    const stream = await client.chat.completions.create({ model: 'gpt-4o', messages: ask(script.slow), stream: true });
    for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    await expectLeft(world);
  });
}

const environment = (upstream: string, port: number) => ({ OPENAI_API_KEY: 'upstream-secret', OPENAI_BASE_URL: upstream, PORT: String(port), NO_PROXY: '*' });

function startBun(upstream: string): Promise<Running> {
  return startProgram(findBun(), () => [...bunFlags, 'src/bun.ts'], mounts, (port) => environment(upstream, port));
}

function startDeno(upstream: string): Promise<Running> {
  const flags = ['--allow-net', ...denoFlags, '--host', '127.0.0.1'];
  return startProgram(findDeno(), (port) => ['serve', ...flags, '--port', String(port), 'src/deno.ts'], mounts, (port) => environment(upstream, port));
}

/** Workers are one file, as wrangler would bundle it. */
async function startWorker(upstream: string): Promise<Running> {
  const found = installPackage('miniflare', '4');
  const bundle = await build({
    entryPoints: [join(mounts, 'src/worker.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    conditions: ['@cascadeflow/source', 'workerd', 'worker', 'browser'],
    logLevel: 'silent',
  });
  const { Miniflare } = createRequire(join(found, 'package.json'))('miniflare') as { Miniflare: new (options: object) => { readonly ready: Promise<URL>; dispose(): Promise<void> } };
  const miniflare = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]?.text,
    compatibilityDate: '2026-01-01',
    bindings: { OPENAI_API_KEY: 'upstream-secret', OPENAI_BASE_URL: upstream },
    host: '127.0.0.1',
    port: 0,
  });
  const url = await miniflare.ready;
  return { url: url.origin, close: () => miniflare.dispose() };
}
