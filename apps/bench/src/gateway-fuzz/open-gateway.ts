import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startGateway, startScript } from '@cascadeflow/real/processes';

/** Milliseconds a body may take, so that clients that stall are told so soon. */
const bodyMs = 400;

/** A gateway with narrow limits in a process of its own, before an upstream that answers at once. */
export async function openGateway(): Promise<ServerProcess> {
  const upstream = await startScript(join(import.meta.dirname, '../gateway/upstream.ts'), []);
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-fuzz-'));
  const configFile = join(folder, 'gateway.json');
  const model = (name: string) => ({ name, provider: 'openai', cost: { input: 1, output: 4 } });
  const providers = { openai: { apiKey: 'upstream-key', baseURL: `${upstream.url}/v1` } };
  writeFileSync(configFile, JSON.stringify({ providers, cascades: { main: { models: [model('small'), model('large')] } }, limits: { bodyBytes: 200_000, bodyMs } }));
  const gateway = await startGateway(configFile);
  return {
    ...gateway,
    async close() {
      await gateway.close();
      await upstream.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
