export type { PostgresClient } from './client.ts';
export { createPostgresRunStore, type PostgresRunStore, type PostgresRunStoreOptions, type PostgresSpend } from './create-postgres-run-store.ts';
export { openPostgresKeys, type PostgresKeys, type PostgresKeysOptions, refreshMs } from './create-postgres-keys.ts';
