import type { AddressInfo } from 'node:net';
import { anthropic } from '@cascadeflow/providers-anthropic';
import { openai } from '@cascadeflow/providers-openai';
import { CascadeAgent, type AgentOptions } from '@cascadeflow/core';
import type { Verdict } from '@cascadeflow/contract';
import { anthropicDialect, openaiDialect, startStub, type Stub, type StubAnswerer } from '@cascadeflow/testing';
import { serve } from '@hono/node-server';
import type { GatewayConfig } from './config.ts';
import { createGateway, type Gateway } from './create-gateway.ts';

/** A gateway on a real port before a stub that plays both vendors. */
export interface Bench {
  readonly stub: Stub;
  readonly gateway: Gateway;
  readonly url: string;
  close(): Promise<void>;
}

/** Accepts a draft unless it says "unsure". */
export function plainJudge({ draft }: { readonly draft: { readonly content: string } }): Verdict {
  const accept = !draft.content.includes('unsure');
  return { accept, probability: accept ? 0.9 : 0.1, threshold: 0.5, signals: [], reason: accept ? 'good enough' : 'the draft is unsure' };
}

/** A cascade of `small` and `large` by OpenAI, both at the stub. */
export function openaiCascade(stub: Stub, options: Partial<AgentOptions> = {}): CascadeAgent {
  const provider = openai({ apiKey: 'upstream-secret', baseURL: stub.baseURL, api: 'chat' });
  return new CascadeAgent({
    models: [
      { name: 'small', provider, cost: { input: 0.1, output: 0.4 } },
      { name: 'large', provider, cost: { input: 2, output: 8 } },
    ],
    order: 'given',
    judge: plainJudge,
    retries: 0,
    resilience: false,
    ...options,
  });
}

/** A cascade of two Claude models at the stub. */
export function claudeCascade(stub: Stub, options: Partial<AgentOptions> = {}): CascadeAgent {
  const provider = anthropic({ apiKey: 'upstream-secret', baseURL: stub.url });
  return new CascadeAgent({
    models: [
      { name: 'claude-haiku-4-5', provider, cost: { input: 1, output: 5 } },
      { name: 'claude-opus-4-6', provider, cost: { input: 5, output: 25 } },
    ],
    order: 'given',
    judge: plainJudge,
    retries: 0,
    resilience: false,
    ...options,
  });
}

/** Starts stub, gateway and server. */
export async function openBench(config: Partial<GatewayConfig> = {}, answer?: StubAnswerer, agent: Partial<AgentOptions> = {}): Promise<Bench> {
  const stub = await startStub({ dialects: [openaiDialect, anthropicDialect], ...(answer && { answer }) });
  const gateway = createGateway({ cascades: { main: openaiCascade(stub, agent), claude: claudeCascade(stub, agent) }, ...config });
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve({ fetch: gateway.fetch, overrideGlobalObjects: false, port: 0, hostname: '127.0.0.1' }, () => resolve(started));
  });
  return {
    stub,
    gateway,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await stub.close();
    },
  };
}
