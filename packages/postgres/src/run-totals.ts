import { type RunRecord, type RunTotals, tallyFields, type TotalsQuery, toTallies } from '@cascadeflow/gateway';

const sums = tallyFields.map((field) => `sum(${field})::float8 AS ${field}`).join(', ');

/** Tables of the sums of runs and of the labels. Sums of money are decimals. */
export const totalsTables = (schema: string): string => `
  CREATE TABLE IF NOT EXISTS ${schema}.tallies (kind text NOT NULL, slot bigint NOT NULL, name text NOT NULL, ${tallyFields.map((field) => `${field} numeric NOT NULL`).join(', ')}, PRIMARY KEY (kind, slot, name));
  CREATE TABLE IF NOT EXISTS ${schema}.labels (run_id text PRIMARY KEY, ended_at bigint NOT NULL, bar int, good boolean NOT NULL);
  CREATE INDEX IF NOT EXISTS labels_by_time ON ${schema}.labels (ended_at);
`;

/** Keeps runs and adds them to the sums in one statement; a run that is there already adds nothing. Rows are taken in one order, so that gateways wait for each other and never in a circle. */
export const addRuns = `
  WITH given AS (
    SELECT DISTINCT ON (run_id) * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::numeric[], $5::jsonb[], $6::jsonb[]) AS one (run_id, ended_at, key, cost, record, parts) ORDER BY run_id
  ), kept AS (
    INSERT INTO $schema.runs (run_id, ended_at, key, cost, record) SELECT run_id, ended_at, key, cost, record FROM given ON CONFLICT (run_id) DO NOTHING RETURNING run_id
  )
  INSERT INTO $schema.tallies (kind, slot, name, ${tallyFields.join(', ')})
  SELECT part.kind, part.slot, part.name, ${tallyFields.map((field) => `sum(part.${field})`).join(', ')}
  FROM kept JOIN given USING (run_id), jsonb_to_recordset(given.parts) AS part (kind text, slot bigint, name text, ${tallyFields.map((field) => `${field} numeric`).join(', ')})
  GROUP BY part.kind, part.slot, part.name ORDER BY part.kind, part.slot, part.name
  ON CONFLICT (kind, slot, name) DO UPDATE SET ${tallyFields.map((field) => `${field} = tallies.${field} + excluded.${field}`).join(', ')}
`;

/** The values of {@link addRuns}. */
export function addRunsValues(records: readonly RunRecord[]): unknown[] {
  return [
    records.map((record) => record.runId),
    records.map((record) => Math.round(record.endedAt)),
    records.map((record) => record.key ?? ''),
    records.map((record) => record.cost ?? null),
    records.map(toJson),
    records.map((record) => toJson(toTallies(record))),
  ];
}

/** What a text of JSON may hold and `jsonb` may not: NUL, and halves of a pair. A client can write them into the name of its session. */
const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function toJson(value: object): string {
  const text = JSON.stringify(value);
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replace(unstorable, '\ufffd') : part));
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
