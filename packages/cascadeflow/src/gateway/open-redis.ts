import type { BreakerBoard, KeyValueStore, RequestLimiter } from '@cascadeflow/contract';
import { loadPackage } from './load-package.ts';
import type { CascadeStores } from './open-state.ts';

/** What several gateways share in Redis. */
export interface RedisState {
  readonly storesOf: (cascade: string) => CascadeStores;
  readonly limiter: RequestLimiter;
  readonly breakers: BreakerBoard;
  close(): Promise<void>;
}

/** Milliseconds that a session's place may take to be read or written; the engine bounds budgets and answers itself. Chosen by hand: far above a server's usual time, little beside a model's. */
const sessionMs = 500;

/** Longest pause between two tries to connect again, in milliseconds. Chosen by hand. */
const reconnectMs = 1000;

/**
 * Connects to a server and opens every store on it. Commands fail at once while it is away, so that no request waits for it.
 * @throws CascadeError when the package is missing, and what the client throws when the server cannot be reached.
 */
export async function openRedis(url: string, report: (line: string, error: unknown) => void): Promise<RedisState> {
  const [{ createClient }, { createRedisBreakerBoard, createRedisBudgetStore, createRedisLimiter, createRedisStore }] = await Promise.all([
    loadPackage('@redis/client', 'state.redis', () => import('@redis/client')),
    import('@cascadeflow/redis'),
  ]);
  let isOpen = false;
  const reconnectStrategy = (tries: number, cause: Error) => (isOpen ? Math.min(reconnectMs, 50 * tries) : cause);
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy } });
  client.on('error', (error: unknown) => report('Redis is away', error));
  await client.connect();
  isOpen = true;
  const breakers = createRedisBreakerBoard({ client, onFailure: (error) => report('breakers are not shared now', error) });
  return {
    storesOf: (cascade) => ({
      budgets: createRedisBudgetStore({ client, prefix: `{cascadeflow}:budget:${cascade}:` }),
      sessions: withinTime(createRedisStore({ client, prefix: `cascadeflow:sessions:${cascade}:` }), sessionMs),
      answers: createRedisStore({ client, prefix: `cascadeflow:answers:${cascade}:` }),
    }),
    limiter: createRedisLimiter({ client }),
    breakers,
    async close() {
      breakers.close();
      // A server that is away must not keep the process from ending.
      if (client.isReady) await client.close();
      else client.destroy();
    },
  };
}

/** A store whose calls fail when they take too long: a server that hangs must not hang requests. */
function withinTime(store: KeyValueStore, ms: number): KeyValueStore {
  const bound = async <Value>(call: Promise<Value>): Promise<Value> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error('timeout')), ms)));
    try {
      return await Promise.race([call, late]);
    } finally {
      clearTimeout(timer);
    }
  };
  return { get: (key) => bound(store.get(key)), set: (key, value, options) => bound(store.set(key, value, options)), delete: (key) => bound(store.delete(key)) };
}
