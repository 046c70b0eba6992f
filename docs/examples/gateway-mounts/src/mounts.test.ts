import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startStub, type Stub } from '@cascadeflow/testing';
import { getRequestListener } from '@hono/node-server';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createApp as createExpressApp } from './express.ts';
import { createApp as createFastifyApp } from './fastify.ts';
import { openGateway } from './gateway.ts';
import { createApp as createHonoApp } from './hono.ts';
import * as nextRoute from './next/app/v1/[...path]/route.ts';
import worker from './worker.ts';

const text = 'Canberra is the capital of Australia.';
const messages = [{ role: 'user' as const, content: 'What is the capital of Australia?' }];

let stub: Stub;
beforeAll(async () => {
  stub = await startStub({ answer: ({ prompt }) => (prompt === 'slowly' ? { text: 'word '.repeat(400), timing: { firstChunkMs: 5, chunkMs: 20 } } : text) });
  vi.stubEnv('OPENAI_API_KEY', 'test-key');
  vi.stubEnv('OPENAI_BASE_URL', stub.baseURL);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stub.close();
});

interface Mounted {
  /** Base URL that clients are given. */
  readonly baseURL: string;
  close(): unknown;
}

async function listen(server: Server, prefix: string): Promise<Mounted> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}/v1`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const open = () => openGateway(process.env);
const mounts: { readonly [name: string]: () => Promise<Mounted> } = {
  Hono() {
    const answer = getRequestListener(createHonoApp(open()).fetch, { overrideGlobalObjects: false });
    return listen(createServer((incoming, outgoing) => void answer(incoming, outgoing)), '/ai');
  },
  Express: () => listen(createServer(createExpressApp(open())), '/ai'),
  async Fastify() {
    const app = createFastifyApp(open());
    await app.listen({ host: '127.0.0.1', port: 0 });
    return { baseURL: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/ai/v1`, close: () => (app.server.closeAllConnections(), app.close()) };
  },
};

describe.each(Object.entries(mounts))('the gateway in %s', (_, mount) => {
  it('answers whole and in pieces, tells errors, and stops when its client leaves', async () => {
    const mounted = await mount();
    const client = new OpenAI({ apiKey: 'any', baseURL: mounted.baseURL, maxRetries: 0 });
    expect((await client.chat.completions.create({ model: 'cascade', messages })).choices[0]?.message.content).toBe(text);
    const whole = await client.chat.completions.stream({ model: 'cascade', messages }).finalContent();
    expect(whole).toBe(text);
    await expect(client.chat.completions.create({ model: 'nobody', messages })).rejects.toThrow(OpenAI.NotFoundError);
    const slow = await client.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: 'slowly' }], stream: true });
    for await (const chunk of slow) if (chunk.choices[0]?.delta.content) break;
    const last = stub.requests.at(-1);
    await last?.ended;
    expect(last?.outcome).toBe('left');
    const page = await fetch(mounted.baseURL.replace('/ai/v1', '/'));
    expect(await page.text()).toBe('The application.');
    await mounted.close();
  });
});

const request = (stream: boolean) => new Request('http://site/v1/chat/completions', { method: 'POST', body: JSON.stringify({ model: 'cascade', messages, stream }) });
const handlers: { readonly [name: string]: (asked: Request) => Promise<Response> } = {
  'a Next.js route handler': (asked) => nextRoute.POST(asked),
  'a Worker': (asked) => worker.fetch(asked, process.env),
};

it.each(Object.entries(handlers))('the gateway in %s answers whole and in pieces', async (_, answer) => {
  const response = await answer(request(false));
  expect(response.headers.get('x-cascade-model')).toMatch(/^gpt-4o/);
  expect(await response.json()).toMatchObject({ choices: [{ message: { content: text } }] });
  const stream = await (await answer(request(true))).text();
  expect(stream).toContain('data: [DONE]');
});
