import type { KeyValueStore } from '@cascadeflow/contract';
import QuickLRU from 'quick-lru';

/** Keeps values in this process's memory, the least recently used going first. */
export function createMemoryStore(options: { readonly maxSize?: number } = {}): KeyValueStore {
  const values = new QuickLRU<string, unknown>({ maxSize: options.maxSize ?? 1000 });
  return {
    get: async (key) => values.get(key),
    set: async (key, value, { ttlMs } = {}) => void values.set(key, value, ttlMs === undefined ? undefined : { maxAge: ttlMs }),
    delete: async (key) => void values.delete(key),
  };
}
