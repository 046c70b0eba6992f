import { InvalidOptionsError } from '@cascadeflow/contract';
import { createKey, type GatewayKey, hashKey } from '@cascadeflow/gateway';
import { openTables, type PostgresClient, underLock } from './client.ts';

/** Where keys are kept. */
export interface PostgresKeysOptions {
  readonly client: PostgresClient;
  /** Schema of the tables; made when it is not there. Default `cascadeflow`. */
  readonly schema?: string;
  /** Milliseconds until another gateway notices a key that came or went. Default {@link refreshMs}. */
  readonly refreshMs?: number;
  /** Told when the server cannot be read; the keys known so far stay good. */
  readonly onFailure?: (error: unknown) => void;
}

/** How old the list of keys may be. Chosen by hand: a revoked key works this much longer. */
export const refreshMs = 2000;

/** Keys in PostgreSQL. */
export interface PostgresKeys {
  /** The keys as last read: what `createGateway({ keys })` takes. */
  readonly keys: () => readonly GatewayKey[];
  /** Reads them now. */
  refresh(): Promise<void>;
  /** Adds a key and gives it back: the only time anybody sees it. @throws InvalidOptionsError when the id is taken. */
  add(key: Omit<GatewayKey, 'hash'>): Promise<string>;
  /** Takes a key away. @throws InvalidOptionsError when there is none of that id. */
  revoke(id: string): Promise<void>;
  /** Stops reading. */
  close(): void;
}

const tables = (schema: string) =>
  underLock(`
    CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE IF NOT EXISTS ${schema}.keys (id text PRIMARY KEY, hash text NOT NULL UNIQUE, terms jsonb NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
  `);

interface Row {
  readonly id: string;
  readonly hash: string;
  readonly terms: Omit<GatewayKey, 'id' | 'hash'>;
}

/**
 * The clients' keys in PostgreSQL, as hashes, shared by every gateway that names the same schema. Resolves when they have been read once.
 * @throws InvalidOptionsError for a wrong option; what `pg` throws when the server cannot be reached.
 */
export async function openPostgresKeys({ client, schema = 'cascadeflow', refreshMs: every = refreshMs, onFailure }: PostgresKeysOptions): Promise<PostgresKeys> {
  if (!(every > 0)) throw new InvalidOptionsError('refreshMs', `must be above 0, got ${every}`);
  const query = openTables(client, schema, tables);
  let known: readonly GatewayKey[] = [];
  const refresh = async () => {
    const { rows } = await query('SELECT id, hash, terms FROM $schema.keys ORDER BY id');
    known = (rows as readonly Row[]).map(({ id, hash, terms }) => ({ ...terms, id, hash }));
  };
  await refresh();
  const timer = setInterval(() => void refresh().catch((error: unknown) => onFailure?.(error)), every);
  (timer as { unref?: () => void }).unref?.();
  return {
    keys: () => known,
    refresh,
    async add({ id, ...terms }) {
      const key = createKey();
      const { rowCount } = await query('INSERT INTO $schema.keys (id, hash, terms) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING', [id, await hashKey(key), JSON.stringify(terms)]);
      if (rowCount !== 1) throw new InvalidOptionsError('id', `there is a key named ${id} already; revoke it first`);
      await refresh();
      return key;
    },
    async revoke(id) {
      const { rowCount } = await query('DELETE FROM $schema.keys WHERE id = $1', [id]);
      if (rowCount !== 1) throw new InvalidOptionsError('id', `there is no key named ${id}`);
      await refresh();
    },
    close: () => clearInterval(timer),
  };
}
