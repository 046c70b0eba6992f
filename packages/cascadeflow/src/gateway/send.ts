import type { Send } from '@cascadeflow/provider-kit';
import { Agent, type Dispatcher } from 'undici';
import { UpstreamAnswer } from './upstream-answer.ts';

/**
 * Sends through a pool of open connections for each upstream. Time limits are the caller's: silence ends nothing here.
 *
 * It speaks to undici's dispatcher itself, because the platform's `fetch` takes about five times the processor time (decision 100).
 */
export function createSend(dispatcher: Dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })): Send {
  const targets = new Map<string, { readonly origin: string; readonly path: string }>();
  const toTarget = (url: string) => {
    const { origin, pathname, search } = new URL(url);
    const target = { origin, path: pathname + search };
    targets.set(url, target);
    return target;
  };
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const { origin, path } = targets.get(url) ?? toTarget(url);
      dispatcher.dispatch({ origin, path, method, headers, body }, new UpstreamAnswer(signal, resolve, reject));
    });
}
