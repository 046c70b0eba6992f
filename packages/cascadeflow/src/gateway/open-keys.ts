import type { GatewayKey } from '@cascadeflow/gateway';
import { addKey, checkEntry, readKeys, revokeKey } from './key-file.ts';
import { loadPackage } from './load-package.ts';

/** Keys that an operator manages. */
export interface ManagedKeys {
  list(): Promise<readonly GatewayKey[]>;
  /** Adds a key and gives it back: the only time anybody sees it. */
  add(entry: Omit<GatewayKey, 'hash'>): Promise<string>;
  revoke(id: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the keys of a file, or those of a database where its address is given.
 * @throws CascadeError when a package is missing or the server cannot be reached.
 */
export async function openKeys(place: { readonly file: string; readonly postgres?: string }): Promise<ManagedKeys> {
  const { file, postgres } = place;
  if (postgres === undefined) {
    return { list: async () => (await readKeys(file)) as readonly GatewayKey[], add: (entry) => addKey(file, entry), revoke: (id) => revokeKey(file, id), close: async () => {} };
  }
  const [{ default: pg }, { openPostgresKeys }] = await Promise.all([loadPackage('pg', '--postgres', () => import('pg')), import('@cascadeflow/postgres')]);
  const client = new pg.Pool({ connectionString: postgres, max: 1 });
  const keys = await openPostgresKeys({ client }).catch(async (error: unknown) => {
    await client.end();
    throw error;
  });
  return {
    list: async () => keys.keys(),
    add: async (entry) => {
      checkEntry(entry);
      return keys.add(entry);
    },
    revoke: (id) => keys.revoke(id),
    async close() {
      keys.close();
      await client.end();
    },
  };
}
