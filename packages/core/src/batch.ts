import { CascadeError, type CascadeResult } from '@cascadeflow/contract';
import { checkFunction, checkNumber } from './check.ts';
import type { RunInput, RunOptions } from './options.ts';

/** What became of one request of a batch. */
export type BatchItem =
  | { readonly index: number; readonly ok: true; readonly result: CascadeResult }
  | { readonly index: number; readonly ok: false; readonly error: CascadeError };

/** Where a batch stands. Money in USD. */
export interface BatchProgress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  /** Absent while the cost of a finished run is unknown. */
  readonly totalCost: number | undefined;
  readonly latest: BatchItem;
}

/** Options of every run of a batch, and how many go at once. */
export interface BatchOptions extends RunOptions {
  /** Runs under way at the same time. Default 4. */
  readonly concurrency?: number;
  readonly onProgress?: (progress: BatchProgress) => void;
}

const defaultConcurrency = 4;

/** Runs requests a few at a time. After an abort the rest fail at once. */
export async function runBatch(
  inputs: readonly RunInput[],
  options: BatchOptions,
  run: (input: RunInput, options: RunOptions) => Promise<CascadeResult>,
): Promise<BatchItem[]> {
  const { concurrency = defaultConcurrency, onProgress, ...runOptions } = options;
  checkNumber(concurrency, 'concurrency', { min: 1, whole: true });
  checkFunction(onProgress, 'onProgress');
  const items: BatchItem[] = [];
  let started = 0;
  let done = 0;
  let failed = 0;
  let totalCost: number | undefined = 0;
  const worker = async () => {
    while (started < inputs.length) {
      const index = started++;
      const item = await runOne(index, inputs[index] as RunInput, runOptions, run);
      items[index] = item;
      done++;
      if (!item.ok) failed++;
      const cost: number | undefined = item.ok ? item.result.totalCost : (item.error.spend?.totalCost ?? 0);
      totalCost = totalCost === undefined || cost === undefined ? undefined : totalCost + cost;
      onProgress?.({ done, total: inputs.length, failed, totalCost, latest: item });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, inputs.length) }, worker));
  return items;
}

async function runOne(index: number, input: RunInput, options: RunOptions, run: (input: RunInput, options: RunOptions) => Promise<CascadeResult>): Promise<BatchItem> {
  try {
    return { index, ok: true, result: await run(input, options) };
  } catch (error) {
    if (!CascadeError.is(error)) throw error;
    return { index, ok: false, error };
  }
}
