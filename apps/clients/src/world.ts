import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startScript } from '@cascadeflow/real/processes';
import { anthropicDialect, openaiDialect, startStub, type Stub, type StubReply, type StubRequest } from '@cascadeflow/testing';

/** A gateway as users start it, before an upstream that plays both vendors. */
export interface World {
  readonly stub: Stub;
  /** Where the gateway listens. */
  readonly url: string;
  /** The key that the gateway knows its clients by. */
  readonly key: string;
  close(): Promise<void>;
}

/** What the clients say, and what they must get for it. The scripts in Python use the same words. */
export const script = {
  question: 'What is the capital of Australia?',
  answer: 'Canberra is the capital of Australia.',
  toolQuestion: 'How is the weather in Canberra?',
  toolAnswer: 'It is sunny in Canberra.',
  structuredQuestion: 'Name the capital of Australia as JSON.',
  structured: { city: 'Canberra', country: 'Australia' },
  failing: 'Please fail.',
  slow: 'Please answer slowly.',
} as const;

const command = resolve(import.meta.dirname, '../../../packages/cascadeflow/src/bin.ts');

/** Starts upstream and gateway. The cascade named `strict` sends every question on to its larger model. */
export async function openWorld(): Promise<World> {
  const stub = await startStub({ dialects: [openaiDialect, anthropicDialect], answer });
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-clients-'));
  const keysFile = join(folder, 'keys.json');
  const key = execFileSync(process.execPath, ['--conditions=@cascadeflow/source', command, 'keys', 'add', 'clients', '--file', keysFile], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const model = (provider: string, name: string, price: number) => ({ name, provider, cost: { input: price, output: 4 * price } });
  const openai = [model('openai', 'small', 0.1), model('openai', 'large', 2)];
  const claude = [model('anthropic', 'claude-haiku-4-5', 1), model('anthropic', 'claude-opus-4-6', 5)];
  const config = {
    providers: { openai: { apiKey: 'upstream-secret', baseURL: stub.baseURL }, anthropic: { apiKey: 'upstream-secret', baseURL: stub.url } },
    cascades: { main: { models: openai, quality: 0 }, strict: { models: openai, quality: 1 }, claude: { models: claude, quality: 0 } },
    keysFile,
  };
  const configFile = join(folder, 'gateway.json');
  writeFileSync(configFile, JSON.stringify(config));
  const gateway = await startScript(command, ['gateway', '--config', configFile, '--port', '0']);
  return {
    stub,
    url: gateway.url,
    key,
    async close() {
      await gateway.close();
      await stub.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until the upstream has seen its last slow reader go. */
export async function expectLeft({ stub }: World): Promise<void> {
  const last = stub.requests.findLast(({ rawBody }) => rawBody.includes(script.slow));
  if (!last) throw new Error('the upstream was never asked');
  await last.ended;
  if (last.outcome !== 'left') throw new Error(`the upstream's answer was ${last.outcome}, not left`);
}

function answer({ prompt, body }: StubRequest): StubReply | string {
  const tools = Array.isArray(body['tools']) ? (body['tools'] as readonly { readonly name?: string; readonly function?: { readonly name: string } }[]) : [];
  const last = JSON.stringify((body['messages'] as readonly unknown[]).at(-1));
  if (/"role":"tool"|"tool_result"/.test(last)) return script.toolAnswer;
  if (prompt === script.failing) return { fault: { type: 'status', status: 400, message: 'the upstream says no' } };
  if (prompt === script.slow) return { text: 'word '.repeat(400), timing: { firstChunkMs: 5, chunkMs: 20 } };
  const [tool] = tools;
  if (prompt === script.structuredQuestion) {
    return tool ? { toolCalls: [{ id: 'call_1', name: tool.name ?? tool.function?.name ?? '', arguments: script.structured }] } : JSON.stringify(script.structured);
  }
  if (tool) return { toolCalls: [{ id: 'call_1', name: tool.name ?? tool.function?.name ?? '', arguments: { city: 'Canberra' } }] };
  return script.answer;
}
