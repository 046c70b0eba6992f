/** The router: domains, complexity, the pre-router alone, tool calls and speed, each cross-validated on recorded answers. */
import { existsSync } from 'node:fs';
import type { BenchContext } from './bench.ts';
import { measureDifficulty, measureLanguages } from './routing/measure-complexity.ts';
import { measureLabelled, measurePlain } from './routing/measure-domain.ts';
import { measureSpeed } from './routing/measure-speed.ts';
import { measureToolCalls } from './routing/measure-tool-calls.ts';

export async function bench({ data, report }: BenchContext): Promise<void> {
  await measureSpeed(report);
  await measurePlain(report);
  measureLanguages(report);
  if (!existsSync(data)) return report.note(`skipped: everything on recorded answers, because ${data} is missing`);
  measureToolCalls(data, report);
  measureDifficulty(data, report);
  measureLabelled(data, report);
}
