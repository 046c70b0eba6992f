import type { Model } from '@cascadeflow/contract';
import type { Stub } from '../stub/server.ts';

/**
 * Aborts a call of a model that runs over a stub and measures how many milliseconds later the stub sees the connection close.
 * `before-text`: while the upstream is still silent. `in-text`: after the first piece of text. The best of three, because test machines are
 * busy. Throws when the stream ends quietly.
 */
export async function measureClose(stub: Stub, model: Model, when: 'before-text' | 'in-text'): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3; attempt++) best = Math.min(best, await measureOnce(stub, model, when));
  return best;
}

async function measureOnce(stub: Stub, model: Model, when: 'before-text' | 'in-text'): Promise<number> {
  stub.enqueue({ text: 'one two three four five six seven', timing: { firstChunkMs: when === 'in-text' ? 1 : 2000, chunkMs: 2000 } });
  const abort = new AbortController();
  const reason = new Error('told to stop');
  const seen = stub.requests.length;
  let abortedAt = 0;
  const stop = () => {
    abortedAt = performance.now();
    abort.abort(reason);
  };
  const timer = when === 'before-text' ? setInterval(() => stub.requests.length > seen && !abort.signal.aborted && setTimeout(stop, 20), 5) : undefined;
  try {
    for await (const event of model.stream({ messages: [{ role: 'user', content: 'Count.' }] }, { signal: abort.signal })) {
      if (event.type === 'text-delta' && when === 'in-text') stop();
    }
  } catch (error) {
    if (error !== reason) throw error;
    const last = stub.requests.at(-1);
    await last?.ended;
    return (last?.endedAt ?? Number.NaN) - abortedAt;
  } finally {
    clearInterval(timer);
  }
  throw new Error('the stream ended quietly after an abort');
}
