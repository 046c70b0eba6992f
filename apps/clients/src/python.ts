import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import type { Checks } from '@cascadeflow/real/checks';
import { startProgram } from '@cascadeflow/real/processes';
import { installPython } from '@cascadeflow/real/workshop';
import { placeSchema } from './client-suite.ts';
import { expectLeft, script, type World } from './world.ts';

const scripts = resolve(import.meta.dirname, '../python');
const fastapiFolder = resolve(import.meta.dirname, '../../../docs/examples/fastapi');

/** Everything the scripts and the example import, from PyPI. */
const packages = ['openai', 'anthropic', 'fastapi', 'uvicorn'];

interface ScriptLine {
  readonly name: string;
  readonly error?: string;
}

/** The official Python packages, each by a script that prints one line of JSON per check. */
export async function checkPython(checks: Checks, world: World): Promise<void> {
  const python = installPython('clients', packages);
  for (const file of ['openai_client.py', 'anthropic_client.py']) {
    for (const { name, error } of await runScript(python, file, world)) {
      await checks.check(name, async () => {
        if (error !== undefined) throw new Error(error);
        if (name.endsWith('abort')) await expectLeft(world);
      });
    }
  }
}

async function runScript(python: string, file: string, { url, key }: World): Promise<readonly ScriptLine[]> {
  const child = spawn(python, [join(scripts, file)], {
    env: { ...process.env, NO_PROXY: '*', GATEWAY_URL: url, GATEWAY_KEY: key, SCRIPT: JSON.stringify({ ...script, schema: placeSchema }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let complaints = '';
  child.stdout.on('data', (piece: Buffer) => (output += String(piece)));
  child.stderr.on('data', (piece: Buffer) => (complaints += String(piece)));
  const code = await new Promise((ended) => child.once('exit', ended));
  const lines = output.trim().split('\n').filter(Boolean).map((line) => JSON.parse(line) as ScriptLine);
  return code === 0 ? lines : [...lines, { name: file, error: `ended with ${String(code)}: ${complaints.trim().slice(-600)}` }];
}

/** The FastAPI application of the examples, served by uvicorn. */
export async function checkFastAPI({ check }: Checks, world: World): Promise<void> {
  const python = installPython('clients', packages);
  const environment = { OPENAI_BASE_URL: `${world.url}/v1`, OPENAI_API_KEY: world.key, NO_PROXY: '*' };
  const app = await startProgram(python, (port) => ['-m', 'uvicorn', 'app:app', '--port', String(port), '--log-level', 'warning'], fastapiFolder, () => environment);
  const post = (path: string, question: string, signal?: AbortSignal) =>
    fetch(app.url + path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ question }), ...(signal && { signal }) });
  const expect = async (response: Response, status: number, text: RegExp) => {
    const body = await response.text();
    if (response.status !== status || !text.test(body)) throw new Error(`answered ${response.status}: ${body.slice(0, 300)}`);
  };
  try {
    await check('FastAPI: text', async () => expect(await post('/ask', script.question), 200, /"answer":"Canberra is the capital.*"model":"small".*"saved":0\.\d/));
    await check('FastAPI: stream', async () => expect(await post('/ask/stream', script.question), 200, /^Canberra is the capital of Australia\.$/));
    await check('FastAPI: tools', async () => expect(await post('/weather', script.toolQuestion), 200, /sunny in Canberra/));
    await check('FastAPI: structured', async () => expect(await post('/place', script.structuredQuestion), 200, /^\{"city":"Canberra","country":"Australia"\}$/));
    await check('FastAPI: errors', async () => expect(await post('/ask', script.failing), 400, /the upstream says no/));
    await check('FastAPI: abort', async () => {
      const controller = new AbortController();
      const response = await post('/ask/stream', script.slow, controller.signal);
      await response.body?.getReader().read();
      controller.abort();
      await expectLeft(world);
    });
  } finally {
    await app.close();
  }
}
