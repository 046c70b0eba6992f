import { type RunRecord, type RunTotals, tallyFields, type TotalsQuery, toTallies } from '@cascadeflow/gateway';

const sums = tallyFields.map((field) => `sum(${field})::float8 AS ${field}`).join(', ');

/** Tables of the sums of runs and of the labels. Sums of money are decimals. */
export const totalsTables = (schema: string): string => `
  CREATE TABLE IF NOT EXISTS ${schema}.tallies (kind text NOT NULL, slot bigint NOT NULL, name text NOT NULL, ${tallyFields.map((field) => `${field} numeric NOT NULL`).join(', ')}, PRIMARY KEY (kind, slot, name));
  CREATE TABLE IF NOT EXISTS ${schema}.labels (run_id text PRIMARY KEY, ended_at bigint NOT NULL, bar int, good boolean NOT NULL);
  CREATE INDEX IF NOT EXISTS labels_by_time ON ${schema}.labels (ended_at);
`;

/** Keeps a run and adds it to the sums in one statement; a run that is there already adds nothing. Rows are taken in one order, so that gateways wait for each other and never in a circle. */
export const addRun = `
  WITH kept AS (INSERT INTO $schema.runs (run_id, ended_at, key, cost, record) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (run_id) DO NOTHING RETURNING run_id)
  INSERT INTO $schema.tallies (kind, slot, name, ${tallyFields.join(', ')})
  SELECT kind, slot, name, ${tallyFields.join(', ')} FROM kept, jsonb_to_recordset($6::jsonb) AS part (kind text, slot bigint, name text, ${tallyFields.map((field) => `${field} numeric`).join(', ')})
  ORDER BY kind, slot, name
  ON CONFLICT (kind, slot, name) DO UPDATE SET ${tallyFields.map((field) => `${field} = tallies.${field} + excluded.${field}`).join(', ')}
`;

/** The values of {@link addRun}. */
export function addRunValues(record: RunRecord): unknown[] {
  return [record.runId, Math.round(record.endedAt), record.key ?? '', record.cost ?? null, JSON.stringify(record), JSON.stringify(toTallies(record))];
}

/** Reads the sums of the runs since a time. */
export async function readTotals(query: (text: string, values: unknown[]) => Promise<{ readonly rows: readonly unknown[] }>, { since, step }: TotalsQuery): Promise<RunTotals> {
  const [tallies, line, labels] = await Promise.all([
    query(`SELECT kind, name, ${sums} FROM $schema.tallies WHERE slot >= $1 GROUP BY kind, name`, [since]),
    query(`SELECT (slot / $2::bigint * $2::bigint)::float8 AS at, ${sums} FROM $schema.tallies WHERE kind = 'outcome' AND slot >= $1 GROUP BY 1 ORDER BY 1`, [since, step]),
    query('SELECT bar, count(*)::int AS labelled, (count(*) FILTER (WHERE good))::int AS good FROM $schema.labels WHERE ended_at >= $1 AND bar IS NOT NULL GROUP BY bar', [since]),
  ]);
  return { tallies: tallies.rows as RunTotals['tallies'], line: line.rows as RunTotals['line'], labels: labels.rows as RunTotals['labels'] };
}
