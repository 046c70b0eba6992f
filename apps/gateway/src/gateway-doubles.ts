import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Stub, startStub, type StubAnswerer } from '@cascadeflow/testing';

/** The real command, `cascadeflow gateway`, before a stub that plays the models. */
export interface RunningGateway {
  readonly url: string;
  readonly stub: Stub;
  /** Asks as a client would; gives the id of the run. */
  ask(model: string, question: string, headers?: { readonly [name: string]: string }): Promise<string>;
  /** Ends the gateway, as if its machine had gone. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

const bin = join(import.meta.dirname, '../../../packages/cascadeflow/src/bin.ts');

/** Starts both. `extra` is put at the end of the configuration. */
export async function startGateway(answer: StubAnswerer, extra = ''): Promise<RunningGateway> {
  const stub = await startStub({ answer });
  const folder = await mkdtemp(join(tmpdir(), 'cascadeflow-dashboard-'));
  const config = join(folder, 'cascadeflow.yaml');
  await writeFile(config, `
providers: { stub: { type: openai, apiKey: any, baseURL: "${stub.baseURL}" } }
cascades:
  main: { models: [stub/small@0.15/0.6, stub/large@2.5/10], order: given }
  unpriced: { models: [stub/house-small, stub/house-large], order: given }
runsFile: runs.db
${extra}`);
  const child = spawn(process.execPath, ['--conditions=@cascadeflow/source', '--disable-warning=ExperimentalWarning', bin, 'gateway', '--config', config, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await addressOf(child);
  const kill = () => end(child);
  return {
    url,
    stub,
    async ask(model, question, headers = {}) {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: question }] });
      const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body });
      await response.text();
      return response.headers.get('x-cascade-run-id') ?? '';
    },
    kill,
    async close() {
      await kill();
      await stub.close();
      await rm(folder, { recursive: true });
    },
  };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, url] = /Gateway on (\S+)\n/.exec(text) ?? [];
      if (url !== undefined) resolve(url);
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}`)));
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}
