import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryRunStore, type RunRecord } from '@cascadeflow/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteRuns } from './sqlite-runs.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'cascadeflow-runs-'))));
afterAll(() => rm(folder, { recursive: true }));

const record = (runId: string, endedAt: number): RunRecord => ({ runId, endedAt, outcome: 'accepted', key: 'app', latencyMs: 5, degraded: false, reason: 'good enough', calls: [], steps: [] });

it('keeps runs across processes, newest first, and lets the oldest go', async () => {
  const file = join(folder, 'runs.db');
  const store = await openSqliteRuns(file, 1500);
  for (let index = 0; index < 3000; index += 250) void store.addAll?.(Array.from({ length: 250 }, (_, more) => record(`r${index + more}`, index + more)));
  store.close();
  const again = await openSqliteRuns(file);
  expect((await again.list({ limit: 2 })).map((run) => run.runId)).toEqual(['r2999', 'r2998']);
  expect((await again.list({ limit: 1, before: 2000 }))[0]).toEqual(record('r1999', 1999));
  expect(await again.get('r2999')).toEqual(record('r2999', 2999));
  expect(await again.get('r0')).toBeUndefined();
  expect(await again.list({ limit: 5000 })).toHaveLength(1500);
  again.close();
});

it('keeps all runs of one call or none', async () => {
  const store = await openSqliteRuns(join(folder, 'batch.db'));
  const wrong = { ...record('wrong', 2), latencyMs: 1n } as unknown as RunRecord;
  expect(() => store.addAll?.([record('right', 1), wrong])).toThrow();
  expect(await store.list({ limit: 5 })).toEqual([]);
  store.close();
});

it('says which file is no database', async () => {
  const file = join(folder, 'notes.txt');
  await writeFile(file, 'not a database, but long enough to be taken for the head of one, which has a hundred bytes or more of it');
  await expect(openSqliteRuns(file)).rejects.toThrow(/notes\.txt.*not a database/);
});

it('adds up, finds and labels as the store in memory does', async () => {
  const file = join(folder, 'sums.db');
  const sqlite = await openSqliteRuns(file);
  const other = await openSqliteRuns(file);
  const memory = createMemoryRunStore();
  const start = 1_800_000_000_000;
  const made = Array.from({ length: 120 }, (_, index): RunRecord => {
    const isAccepted = index % 3 === 0;
    return {
      ...record(`r${index}`, start + index * 97_000), latencyMs: (index * 37) % 1000, probability: (index % 100) / 100, domain: index % 2 ? 'code' : 'general',
      outcome: index % 10 === 7 ? 'failed' : isAccepted ? 'accepted' : 'escalated', model: isAccepted ? 'small' : 'large',
      ...(index % 5 > 0 && { cost: index / 64, saved: index / 128, baseline: index / 32 }), ...(index % 4 === 0 && { key: 'other' }),
      calls: [{ model: 'small', provider: 'p', role: 'draft', status: 'ok', inputTokens: 1, outputTokens: 1, cost: 0.25 }],
      steps: [{ kind: 'call', role: 'draft', startMs: 0, endMs: 1, label: 'small' }, { kind: 'verdict', startMs: 1, endMs: 1, label: '', status: isAccepted ? 'accepted' : 'turned down' }],
    };
  });
  for (const run of made) {
    void memory.add(run);
    void sqlite.add(run);
    // Sent again, by another process: counted once.
    void other.add(run);
  }
  for (const store of [memory, sqlite]) for (let index = 0; index < 60; index++) expect(await store.label(`r${index}`, index % 2 === 0)).toBe(true);
  expect(await sqlite.label('none', true)).toBe(false);
  const sorted = (items: readonly object[]) => new Set(items.map((item) => JSON.stringify(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))));
  for (const query of [{ since: 0, step: 300_000 }, { since: start + 3_600_000, step: 1_800_000 }]) {
    const [mine, theirs] = [await sqlite.totals(query), await memory.totals(query)];
    expect(sorted(mine.tallies)).toEqual(sorted(theirs.tallies));
    expect(mine.line).toEqual(theirs.line);
    expect(sorted(mine.labels)).toEqual(sorted(theirs.labels));
    expect(mine.labels.length).toBeGreaterThan(0);
  }
  for (const show of ['all', 'failed', 'slow'] as const) {
    const ids = async (store: typeof memory) => (await store.list({ limit: 9, show, before: start + 9_000_000 })).map((run) => run.runId);
    expect(await ids(sqlite)).toEqual(await ids(memory));
  }
  expect(await sqlite.get('r1')).toEqual({ ...made[1], good: false });
  sqlite.close();
  other.close();
});
