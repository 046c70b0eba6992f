import { InvalidOptionsError } from '@cascadeflow/contract';

/** A pool or connected client of `pg`: one method of it is used. It stays the caller's: nothing here connects or closes it. */
export interface PostgresClient {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }>;
}

/**
 * Checks a client and a schema's name once, and makes the tables before the first query.
 * @throws InvalidOptionsError naming the option that is wrong.
 */
export function openTables(client: PostgresClient, schema: string, create: (schema: string) => string): (text: string, values?: unknown[]) => Promise<{ readonly rows: readonly unknown[]; readonly rowCount: number | null }> {
  if (typeof client?.query !== 'function') throw new InvalidOptionsError('client', 'expected a pool of pg, new Pool({ connectionString })');
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) throw new InvalidOptionsError('schema', 'expected a name of lower-case letters, digits and underscores');
  let made: Promise<unknown> | undefined;
  return async (text, values) => {
    made ??= client.query(create(schema));
    try {
      await made;
    } catch (error) {
      // The server may be back next time.
      made = undefined;
      throw error;
    }
    return client.query(text.replaceAll('$schema', schema), values);
  };
}

/** Two processes that make the same schema at once would trip over each other; the number is this package's own. */
export function underLock(statements: string): string {
  return `BEGIN; SELECT pg_advisory_xact_lock(7226501123); ${statements} COMMIT;`;
}
