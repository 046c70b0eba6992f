import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunRecord } from '@cascadeflow/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSqliteRuns } from './sqlite-runs.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'cascadeflow-runs-'))));
afterAll(() => rm(folder, { recursive: true }));

const record = (runId: string, endedAt: number): RunRecord => ({ runId, endedAt, outcome: 'accepted', key: 'app', latencyMs: 5, degraded: false, reason: 'good enough', calls: [], steps: [] });

it('keeps runs across processes, newest first, and lets the oldest go', async () => {
  const file = join(folder, 'runs.db');
  const store = await openSqliteRuns(file, 1500);
  for (let index = 0; index < 3000; index++) void store.add(record(`r${index}`, index));
  store.close();
  const again = await openSqliteRuns(file);
  expect((await again.list({ limit: 2 })).map((run) => run.runId)).toEqual(['r2999', 'r2998']);
  expect((await again.list({ limit: 1, before: 2000 }))[0]).toEqual(record('r1999', 1999));
  expect(await again.get('r2999')).toEqual(record('r2999', 2999));
  expect(await again.get('r0')).toBeUndefined();
  expect(await again.list({ limit: 5000 })).toHaveLength(1500);
  again.close();
});

it('says which file is no database', async () => {
  const file = join(folder, 'notes.txt');
  await writeFile(file, 'not a database, but long enough to be taken for the head of one, which has a hundred bytes or more of it');
  await expect(openSqliteRuns(file)).rejects.toThrow(/notes\.txt.*not a database/);
});
