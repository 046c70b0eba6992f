import type { KeyValueStore } from '@cascadeflow/contract';
import { type RedisClient, senderOf } from './redis-client.ts';

/** Where values are kept. */
export interface RedisStoreOptions {
  /** A connected client of redis or ioredis; it stays yours to close. */
  readonly client: RedisClient;
  /** Begins every key. Default `cascadeflow:`. */
  readonly prefix?: string;
}

/**
 * JSON values in Redis, shared by every process that names the same prefix: for the response cache.
 * @throws InvalidOptionsError for a client of neither library.
 */
export function createRedisStore({ client, prefix = 'cascadeflow:' }: RedisStoreOptions): KeyValueStore {
  const send = senderOf(client);
  return {
    async get(key) {
      const text = (await send('GET', prefix + key)) as string | null;
      return text === null ? undefined : (JSON.parse(text) as unknown);
    },
    async set(key, value, { ttlMs } = {}) {
      const text = JSON.stringify(value);
      await (ttlMs === undefined ? send('SET', prefix + key, text) : send('SET', prefix + key, text, 'PX', String(Math.max(1, Math.round(ttlMs)))));
    },
    async delete(key) {
      await send('DEL', prefix + key);
    },
  };
}
