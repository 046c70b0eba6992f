import { asEndpoint } from './endpoints.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Milliseconds an endpoint may take to answer. Chosen by hand. */
const patienceMs = 5000;

/** Asks each provider's list of models, which costs nothing: is it there, does it take the key, has it the models? */
export async function checkEndpoints(subjects: readonly Subject[], signal: AbortSignal): Promise<Finding[]> {
  const byProvider = new Map<string, Subject[]>();
  for (const subject of subjects) byProvider.set(subject.provider, [...(byProvider.get(subject.provider) ?? []), subject]);
  const findings = await Promise.all([...byProvider].map(([id, models]) => checkEndpoint(id, models, signal)));
  return findings.flat();
}

async function checkEndpoint(id: string, models: readonly Subject[], signal: AbortSignal): Promise<Finding[]> {
  const first = models[0]!;
  const endpoint = asEndpoint(first);
  if (!endpoint) return [{ about: 'endpoints', level: 'warn', says: `${id}: no address is known`, fix: `give one with --base-url ${id}=https://…` }];
  const { url, headers, read } = endpoint;
  const host = new URL(url).host;
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    if (response.status === 401 || response.status === 403) {
      return [{ about: 'endpoints', level: 'fail', says: `${id}: ${host} refuses the key (${response.status})`, fix: 'check that the key is whole, active and of this vendor' }];
    }
    if (response.status >= 500) return [{ about: 'endpoints', level: 'fail', says: `${id}: ${host} answered ${response.status}`, fix: 'look at the vendor\'s status page or the server\'s log' }];
    const names = response.ok ? read(await response.json().catch(() => undefined)) : [];
    const reached: Finding = { about: 'endpoints', level: 'ok', says: `${id}: ${host} answers` };
    // Not every server lists its models; an empty list says nothing.
    const absent = names.length === 0 ? [] : models.filter(({ name }) => !names.includes(name) && !names.includes(`${name}:latest`));
    return [reached, ...absent.map(({ name }): Finding => ({ about: 'endpoints', level: 'warn', says: `${id}: ${name} is not among its ${names.length} models`, fix: id === 'ollama' ? `ollama pull ${name}` : 'check the name; aliases are not always listed' }))];
  } catch (error) {
    signal.throwIfAborted();
    return [{ about: 'endpoints', level: 'fail', says: `${id}: ${host} cannot be reached (${reasonOf(error)})`, fix: first.baseURL === undefined ? 'check the network and its proxy' : 'is the server running at this address?' }];
  }
}

function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string; message?: string } };
  return name === 'TimeoutError' ? `no answer in ${patienceMs / 1000} s` : (cause?.code ?? cause?.message ?? name ?? 'unknown');
}
