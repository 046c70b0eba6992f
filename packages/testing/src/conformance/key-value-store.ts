import assert from 'node:assert/strict';
import type { KeyValueStore } from '@cascadeflow/contract';
import { type ConformanceCheck, runSuite, type Skips, type TestRunner } from './suite.ts';

/** A fresh, empty store; `elapse` moves the store's time on where it has a clock of its own, else the suite waits. */
export interface OpenedStore {
  readonly store: KeyValueStore;
  elapse?(ms: number): Promise<void>;
}

type OpenStore = () => OpenedStore | Promise<OpenedStore>;

const ttlMs = 120;

function check(promise: string, use: (store: KeyValueStore, elapse: (ms: number) => Promise<void>) => Promise<void>): ConformanceCheck<OpenStore> {
  return {
    promise,
    async run(open) {
      const { store, elapse } = await open();
      try {
        await use(store, elapse ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))));
      } finally {
        await store.close?.();
      }
    },
  };
}

const checks = {
  absent: check('an unknown key is undefined', async (store) => assert.equal(await store.get('nothing'), undefined)),
  json: check('gives back JSON values as they were', async (store) => {
    const values = ['text', '', 0, -1.5, true, false, null, [], {}, { deep: [{ a: 1, b: [null, 'ü 你好 🙂'] }] }, 'x'.repeat(100_000)];
    for (const [index, value] of values.entries()) await store.set(`value:${index}`, value);
    for (const [index, value] of values.entries()) assert.deepEqual(await store.get(`value:${index}`), value);
  }),
  overwrite: check('the last value stays', async (store) => {
    await store.set('key', 1);
    await store.set('key', { two: 2 });
    assert.deepEqual(await store.get('key'), { two: 2 });
  }),
  delete: check('what is deleted is gone; deleting twice is fine', async (store) => {
    await store.set('key', 1);
    await store.delete('key');
    await store.delete('key');
    assert.equal(await store.get('key'), undefined);
  }),
  keys: check('takes any key, and keeps keys apart', async (store) => {
    const keys = ['a', 'A', 'a ', 'a:b', 'a\nb', 'a/../b', 'ключ', '🙂', '__proto__', 'constructor', 'x'.repeat(1000), '*', 'a?'];
    for (const key of keys) await store.set(key, key);
    for (const key of keys) assert.equal(await store.get(key), key);
  }),
  copies: check('a value changed after it was set, or after it was got, is not changed in the store', async (store) => {
    const value = { list: [1] };
    await store.set('key', value);
    value.list.push(2);
    const got = (await store.get('key')) as { list: number[] };
    assert.deepEqual(got, { list: [1] });
    got.list.push(3);
    assert.deepEqual(await store.get('key'), { list: [1] });
  }),
  ttl: check('a value is gone after its time to live, and not before', async (store, elapse) => {
    await store.set('short', 1, { ttlMs });
    await store.set('long', 2, { ttlMs: 60_000 });
    await store.set('ever', 3);
    assert.equal(await store.get('short'), 1);
    await elapse(ttlMs * 1.5);
    assert.deepEqual([await store.get('short'), await store.get('long'), await store.get('ever')], [undefined, 2, 3]);
  }),
  'ttl-renewed': check('setting again sets the time to live anew', async (store, elapse) => {
    await store.set('key', 1, { ttlMs });
    await store.set('key', 2);
    await elapse(ttlMs * 1.5);
    assert.equal(await store.get('key'), 2);
  }),
  concurrent: check('takes many writes at once', async (store) => {
    const keys = Array.from({ length: 200 }, (_, index) => `key:${index}`);
    await Promise.all(keys.map((key) => store.set(key, { key })));
    assert.deepEqual(await Promise.all(keys.map((key) => store.get(key))), keys.map((key) => ({ key })));
  }),
} satisfies { readonly [check: string]: ConformanceCheck<OpenStore> };

/** Names of the checks on a key-value store. */
export type KeyValueStoreCheck = keyof typeof checks;

/** Tests that a key-value store keeps the contract. `open` gives a fresh, empty store each time. */
export function keyValueStoreConformance(
  runner: TestRunner,
  options: { readonly name: string; readonly open: OpenStore; readonly skip?: Skips<KeyValueStoreCheck> },
): void {
  runSuite<OpenStore, KeyValueStoreCheck>(runner, `${options.name} keeps the key-value store contract`, checks, options.open, options.skip);
}
