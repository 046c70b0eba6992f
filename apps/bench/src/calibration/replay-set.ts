import { createReplayMemory, replay, type ReplayConfig, type ReplayRow } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { createJudge, createProgressChecks } from '@cascadeflow/quality';
import { createRouter } from '@cascadeflow/routing';

/** The real engine with its default judge, router and progress checks. */
export const engine = {
  createAgent: (options: ConstructorParameters<typeof CascadeAgent>[0]) => new CascadeAgent(options),
  judge: createJudge(),
  router: createRouter(),
  progress: createProgressChecks,
} satisfies Partial<ReplayConfig>;

/** Of the default judge: a draft of one set is judged once, in whichever cascades it comes. */
export const sharedMemory = createReplayMemory();

/** All rows of a replay. */
export async function rowsOf(traces: readonly Trace[], config: Omit<ReplayConfig, 'createAgent' | 'judge' | 'router' | 'progress'>): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  for await (const row of replay(traces, { ...engine, ...config })) rows.push(row);
  return rows;
}
