import { readFile } from 'node:fs/promises';
import { type CreateAgent, createReplayMemory, replay, type ReplayConfig, type ReplayRow } from '@cascadeflow/calibration';
import { type Calibration, parseCalibration, type Trace } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { createJudge, createProgressChecks } from '@cascadeflow/quality';
import { createRouter } from '@cascadeflow/routing';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { progressLine } from '../terminal/progress-line.ts';
import type { CascadeFlags } from './trace-flags.ts';

/** The real engine, for replays. */
export const createAgent: CreateAgent = (options) => new CascadeAgent(options);

/** What every replay of a command shares: engine, default judge, router and progress checks, prices, and a memory of what they found. */
export function engineFor(prices: ReplayConfig['prices'] & object, io: Io): Pick<ReplayConfig, 'createAgent' | 'judge' | 'router' | 'progress' | 'prices' | 'memory' | 'signal'> {
  return { createAgent, judge: createJudge(), router: createRouter(), progress: createProgressChecks, prices, memory: createReplayMemory(), signal: io.signal };
}

/** The flags about the cascade, as a replay wants them. */
export async function policyFor(flags: CascadeFlags): Promise<Pick<ReplayConfig, 'quality' | 'secondOpinion' | 'calibration'>> {
  const calibration = flags.calibration === undefined ? undefined : await readCalibration(flags.calibration);
  return { quality: flags.quality, secondOpinion: flags.secondOpinion, ...(calibration !== undefined && { calibration }) };
}

/** Reads a calibration file. */
export async function readCalibration(file: string): Promise<Calibration> {
  try {
    return parseCalibration(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new UsageError(`--calibration ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Replays all traces, with progress. */
export async function replayAll(traces: readonly Trace[], config: ReplayConfig, io: Io, what: string): Promise<ReplayRow[]> {
  const progress = progressLine(io.err);
  const rows: ReplayRow[] = [];
  for await (const row of replay(traces, config)) {
    rows.push(row);
    if (rows.length % 50 === 0) progress.show(`${what}: ${rows.length} of ${traces.length}`);
  }
  progress.clear();
  return rows;
}
