import { startProxy } from '@cascadeflow/real/litellm-proxy';
import { installPackage } from '@cascadeflow/real/workshop';
import { join } from 'node:path';
import { startProgram } from '@cascadeflow/real/processes';

/** Another gateway before the same upstream. */
export interface OtherGateway {
  readonly name: string;
  readonly url: string;
  /** Name under which it serves the upstream's model. */
  readonly model: string;
  readonly headers: { readonly [name: string]: string };
  close(): unknown;
}

/** Portkey's gateway from npm: the upstream's address travels in a header. */
export async function startPortkey(upstream: string): Promise<OtherGateway> {
  const folder = installPackage('@portkey-ai/gateway', '1');
  const server = await startProgram(process.execPath, (port) => [join(folder, 'build/start-server.js'), `--port=${port}`, '--headless'], folder);
  const headers = { authorization: 'Bearer upstream-key', 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${upstream}/v1` };
  return { name: 'Portkey', url: server.url, model: 'small', headers, close: () => server.close() };
}

/** The LiteLLM proxy from PyPI. */
export async function startLiteLLM(upstream: string): Promise<OtherGateway> {
  const proxy = await startProxy(`${upstream}/v1`);
  return { name: 'LiteLLM', url: proxy.url, model: 'priced', headers: { authorization: `Bearer ${proxy.key}` }, close: () => proxy.close() };
}
