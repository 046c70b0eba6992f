import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../report.ts';
import { percentile } from '../statistics.ts';

const PROCESSES = 9;
const PACKAGE = join(import.meta.dirname, '../../../../packages/semantic');

interface Footprint {
  readonly importMs: number;
  readonly firstMs: number;
  readonly cpuMs: number;
  readonly addedBytes: number;
}

/** Cold start and memory, each the median of fresh processes, and the size of the packed package. */
export function measureFootprint(report: Report): void {
  // The built package is what users start; sources are compiled on the way and start slower.
  const built = existsSync(join(PACKAGE, 'dist/index.js')) && existsSync(join(PACKAGE, '../contract/dist/index.js'));
  const flags = built ? [] : ['--conditions=@cascadeflow/source'];
  const runs = Array.from({ length: PROCESSES }, () => {
    const output = execFileSync(process.execPath, ['--expose-gc', ...flags, join(import.meta.dirname, 'footprint-child.ts')], { encoding: 'utf8' });
    return JSON.parse(output) as Footprint;
  });
  const median = (pick: (run: Footprint) => number): number => percentile(runs.map(pick), 0.5);
  const about = { n: PROCESSES };
  report.note(`fresh processes run the ${built ? 'built package' : 'sources (build first for the figure that users see)'}`);
  report.figure({ name: 'import', value: median(({ importMs }) => importMs), unit: 'ms', ...about });
  report.figure({ name: 'model loaded and first vector', value: median(({ firstMs }) => firstMs), unit: 'ms', ...about });
  report.figure({ name: 'processor time of the cold start', value: median(({ cpuMs }) => cpuMs), unit: 'ms', ...about });
  report.target('cold start, import and first vector', median((run) => run.importMs + run.firstMs), { atMost: 120 }, { unit: 'ms', ...about });
  report.target('resident memory added', median(({ addedBytes }) => addedBytes) / 1e6, { atMost: 120 }, { unit: 'MB', ...about });
  if (!built) report.note('the packed size leaves out dist, which is not built');
  const packed = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: PACKAGE, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as
    | { size: number }[]
    | Record<string, { size: number }>;
  const [entry] = Object.values(packed);
  report.target('npm pack', (entry?.size ?? Number.NaN) / 1e6, { atMost: 9 }, { unit: 'MB' });
}
