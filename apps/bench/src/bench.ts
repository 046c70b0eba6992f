import type { parseArgs, ParseArgsConfig } from 'node:util';
import type { Report } from './report.ts';

/** Flags of one benchmark beyond `--data` and `--out`, in the form of `parseArgs` from `node:util`. */
export type BenchOptions = NonNullable<ParseArgsConfig['options']>;

/** What a benchmark is handed. */
export interface BenchContext {
  /** Folder of the recorded data sets, absolute. It may be missing: say so and stop, do not make figures up. */
  data: string;
  /** The flags that the benchmark declared in `options`. */
  flags: ReturnType<typeof parseArgs>['values'];
  /** Takes figures and targets. */
  report: Report;
}

/** A file `src/NAME.bench.ts`. The first line of its leading comment is what `pnpm bench` lists. */
export interface BenchModule {
  bench(context: BenchContext): Promise<void> | void;
  options?: BenchOptions;
}
