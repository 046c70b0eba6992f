import { fitCalibration, groupedFolds, qualityKept, saved, toOutcome, type PolicyOutcome, type ReplayRow } from '@cascadeflow/calibration';
import type { Price, Trace } from '@cascadeflow/contract';
import type { Report } from '../report.ts';
import { loadTraces } from './load-traces.ts';
import { rowsOf, sharedMemory } from './replay-set.ts';
import { nameOf, type RecordedSet } from './sets.ts';

/** What one set came to: fitted on one half, measured on the other, over both halves and all seeds. */
export interface TunedFigures {
  readonly predictedSaved: number;
  readonly saved: number;
  readonly kept: number;
  readonly defaultSaved: number;
  readonly defaultKept: number;
}

/** Halvings of each set; every one is used in both directions. */
const seeds = [1, 2];

/** Fewer labelled questions than this cannot be halved and fitted. */
const smallest = 100;

const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const points = (value: number) => (100 * value).toFixed(1).padStart(6);

/** Fits on half the questions of a set and measures on the other half, beside the defaults; `undefined` for sets that are too small. */
export async function measureTuned(data: string, recorded: RecordedSet, prices: Readonly<Record<string, Price>>, report: Report): Promise<TunedFigures | undefined> {
  const { models } = recorded;
  const traces = loadTraces(data, recorded.set).filter((trace) => models.every((model) => trace.answers.some((answer) => answer.model === model)));
  if (traces.length < smallest) {
    report.note(`${nameOf(recorded)}: ${traces.length} questions are too few to halve and fit`);
    return undefined;
  }
  const shared = { models, prices, memory: sharedMemory };
  const traceOf = new Map(traces.map((trace) => [trace.runId, trace]));
  const probe = await rowsOf(traces, { ...shared, probe: true });
  const untuned = new Map((await rowsOf(traces, shared)).map((row) => [row.id, row]));
  const seen: TunedFigures[] = [];
  for (const seed of seeds) {
    const folds = groupedFolds(probe, (row) => row.group, 2, seed);
    for (const { train, test } of folds) {
      const tracesOf = (rows: readonly ReplayRow[]) => rows.map((row) => traceOf.get(row.id) as Trace);
      const calibration = await fitCalibration(train, tracesOf(train), { models, keep: { balanced: 1 } });
      const tuned = outcomes(await rowsOf(tracesOf(test), { ...shared, calibration }));
      const untunedTest = outcomes(test.map((row) => untuned.get(row.id) as ReplayRow));
      seen.push({
        predictedSaved: calibration.metrics['saved'] ?? Number.NaN,
        saved: saved(tuned),
        kept: qualityKept(tuned),
        defaultSaved: saved(untunedTest),
        defaultKept: qualityKept(untunedTest),
      });
    }
  }
  const mean = (key: keyof TunedFigures) => average(seen.map((each) => each[key]));
  const figures = { predictedSaved: mean('predictedSaved'), saved: mean('saved'), kept: mean('kept'), defaultSaved: mean('defaultSaved'), defaultKept: mean('defaultKept') };
  report.note(`${nameOf(recorded).padEnd(66)} n=${String(traces.length).padEnd(5)} default kept ${points(figures.defaultKept)} saved ${points(figures.defaultSaved)} | tuned kept ${points(figures.kept)} saved ${points(figures.saved)}, predicted ${points(figures.predictedSaved)}`);
  return figures;
}

/** Outcomes of the rows that have one. */
export function outcomes(rows: readonly ReplayRow[]): PolicyOutcome[] {
  return rows.map(toOutcome).filter((outcome) => typeof outcome !== 'string');
}

