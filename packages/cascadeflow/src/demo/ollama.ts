import type { Io } from '../command-line/io.ts';

/** Milliseconds to find out whether an Ollama listens; on loopback a refusal comes at once. */
const probeMs = 300;

/** Where Ollama is expected: OLLAMA_HOST if that is on loopback, else its default port. */
export function ollamaAddress(env: Io['env']): string {
  const host = env.OLLAMA_HOST ?? '';
  const address = /^https?:\/\//u.test(host) ? host : `http://${host === '' ? '127.0.0.1:11434' : host}`;
  const isLoopback = URL.canParse(address) && /^(127(\.\d+){3}|localhost|\[::1\])$/u.test(new URL(address).hostname);
  return isLoopback ? address.replace(/\/+$/u, '') : 'http://127.0.0.1:11434';
}

/** The smallest and the largest model that an Ollama has; empty when there is no Ollama or fewer than two models that can chat. */
export async function ollamaModels(address: string, signal: AbortSignal): Promise<readonly string[]> {
  try {
    const response = await fetch(`${address}/api/tags`, { signal: AbortSignal.any([signal, AbortSignal.timeout(probeMs)]) });
    const { models } = (await response.json()) as { readonly models?: readonly { readonly name: string; readonly size: number }[] };
    const bySize = (models ?? []).filter((model) => !model.name.includes('embed')).toSorted((a, b) => a.size - b.size);
    return bySize.length < 2 ? [] : [bySize[0]!.name, bySize.at(-1)!.name];
  } catch {
    // Nobody there, or nobody that speaks Ollama's language: the demo then simulates, and says so.
    return [];
  }
}
