import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installLiteLLM, Unavailable } from './workshop.ts';

/** A LiteLLM proxy on this machine. */
export interface Proxy {
  readonly url: string;
  readonly key: string;
  close(): void;
}

/** Longest time the proxy may take to start, in milliseconds. */
const startMs = 180_000;

/** Starts a LiteLLM proxy before an upstream with OpenAI's protocol. It serves `priced` (gpt-4o-mini, whose price it knows) and `unpriced`. */
export async function startProxy(upstream: string): Promise<Proxy> {
  const program = installLiteLLM();
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-litellm-'));
  const config = join(folder, 'config.yaml');
  const entry = (name: string, model: string) => `  - model_name: ${name}\n    litellm_params:\n      model: openai/${model}\n      api_base: ${upstream}\n      api_key: upstream-key\n      max_retries: 0\n`;
  const key = 'sk-local-proxy-key';
  writeFileSync(
    config,
    `model_list:\n${entry('priced', 'gpt-4o-mini')}${entry('unpriced', 'house-model')}litellm_settings:\n  num_retries: 0\n  telemetry: false\ngeneral_settings:\n  master_key: ${key}\nrouter_settings:\n  num_retries: 0\n  disable_cooldowns: true\n`,
  );
  const port = await freePort();
  const child = spawn(program, ['--config', config, '--host', '127.0.0.1', '--port', String(port)], {
    env: { ...process.env, LITELLM_LOCAL_MODEL_COST_MAP: 'True', NO_PROXY: '*' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isGone = false;
  child.once('error', (error) => {
    isGone = true;
    output = error.message;
  });
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output = (output + String(text)).slice(-2000)));
  const url = `http://127.0.0.1:${port}`;
  const proxy: Proxy = {
    url,
    key,
    close() {
      child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  const deadline = performance.now() + startMs;
  while (performance.now() < deadline && child.exitCode === null && !isGone) {
    const alive = await fetch(`${url}/health/liveliness`).then((response) => response.ok, () => false);
    if (alive) return proxy;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  proxy.close();
  throw new Unavailable(`the proxy did not start: ${output.trim().split('\n').at(-1)?.slice(0, 300)}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
