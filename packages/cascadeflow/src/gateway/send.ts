import type { Send } from '@cascadeflow/provider-kit';
import type { Dispatcher } from 'undici';
import { UpstreamAnswer } from './upstream-answer.ts';

/** Opens a pool of connections for each upstream. Its library takes a third of the time that the command needs to start, so it is loaded when it is first needed. */
export async function openPool(): Promise<Dispatcher> {
  const { Agent } = await import('undici');
  return new Agent({ headersTimeout: 0, bodyTimeout: 0 });
}

/**
 * Sends through a pool of open connections for each upstream, the given one or its own. Time limits are the caller's: silence ends nothing here.
 *
 * It speaks to undici's dispatcher itself, because the platform's `fetch` takes about five times the processor time (decision 100).
 */
export function createSend(given?: Dispatcher): Send {
  let pool = given;
  let opening: Promise<Dispatcher> | undefined;
  const targets = new Map<string, { readonly origin: string; readonly path: string }>();
  const toTarget = (url: string) => {
    const { origin, pathname, search } = new URL(url);
    const target = { origin, path: pathname + search };
    targets.set(url, target);
    return target;
  };
  return async (url, { method, headers, body, signal }) => {
    pool ??= await (opening ??= openPool());
    const dispatcher = pool;
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const { origin, path } = targets.get(url) ?? toTarget(url);
      dispatcher.dispatch({ origin, path, method, headers, body }, new UpstreamAnswer(signal, resolve, reject));
    });
  };
}
