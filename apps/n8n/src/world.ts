import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGateway } from '@cascadeflow/real/processes';
import { openaiDialect, responsesDialect, startStub, type Stub, type StubReply, type StubRequest } from '@cascadeflow/testing';
import type { Credential } from './host.ts';

/** An upstream that plays OpenAI, and a gateway before it. */
export interface World {
  readonly stub: Stub;
  readonly credentials: readonly Credential[];
  close(): Promise<void>;
}

export const drafter = 'gpt-4o-mini';
export const verifier = 'gpt-4.1';

/** What the workflows ask, and what the upstream says to it. */
export const script = {
  capital: 'What is the capital of Australia?',
  capitalAnswer: 'Canberra is the capital of Australia.',
  proofAnswer: 'Suppose the square root of two is p/q in lowest terms. Then p squared is twice q squared, so by unique factorization two divides p, and then q as well: a contradiction. So it is irrational.',
  toolAnswer: '17.5% of 2,480 is 434.',
  invoice: { supplier: 'Harbour Supplies', total: 174, currency: 'EUR' },
  letter: { supplier: 'Harbour Supplies' },
  /** No draft that says this is accepted. */
  stuck: 'It follows that it follows. '.repeat(30).trim(),
  failing: 'Please fail.',
} as const;

/** Tokens that the upstream counts for every answer. */
export const tokens = { input: 40, output: 25 } as const;

/** Starts both. */
export async function openWorld(): Promise<World> {
  const stub = await startStub({ dialects: [openaiDialect, responsesDialect], answer: (request) => ({ usage: tokens, ...answer(request) }) });
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-gateway-'));
  const model = (name: string) => ({ name, provider: 'openai' });
  const config = join(folder, 'gateway.json');
  writeFileSync(config, JSON.stringify({
    providers: { openai: { apiKey: 'upstream-secret', baseURL: stub.baseURL } },
    cascades: { main: { models: [model(drafter), model(verifier)] } },
  }));
  const gateway = await startGateway(config);
  const credential = (id: string, name: string, type: string, url: string) => ({ id, name, type, data: { url, apiKey: 'any' } });
  return {
    stub,
    credentials: [
      credential('openai', 'OpenAI', 'openAiApi', stub.baseURL),
      credential('endpoint', 'CascadeFlow Endpoint', 'cascadeFlowOpenAiApi', stub.baseURL),
      credential('gateway', 'CascadeFlow Gateway', 'cascadeFlowApi', gateway.url),
    ],
    async close() {
      await gateway.close();
      await stub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function answer({ prompt, model, body }: StubRequest): StubReply {
  const isDrafter = model === drafter;
  const asked = JSON.stringify(body);
  if (prompt.includes(script.failing)) return { fault: { type: 'status', status: 400, message: 'the upstream says no' } };
  if (/"role":"tool"|"function_call_output"/.test(asked)) return { text: script.toolAnswer };
  if (prompt.includes('2,480')) return { toolCalls: [{ id: 'call_1', name: 'Calculator', arguments: { input: '0.175 * 2480' } }] };
  if (asked.includes('Invoice 2041')) return { text: JSON.stringify(script.invoice) };
  if (asked.includes('what was agreed')) return { text: isDrafter ? script.stuck : JSON.stringify(script.letter) };
  if (prompt.includes('square root')) return { text: isDrafter ? script.stuck : script.proofAnswer };
  if (asked.includes('"city"') || asked.includes('\\"city\\"')) return { text: JSON.stringify({ output: { city: 'Canberra' } }) };
  return { text: script.capitalAnswer };
}
