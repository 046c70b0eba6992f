/** The shipped embedder: speed, footprint, fidelity to its teacher, off-topic detection. `--fit` refits alignment, agreement and priors. */
import { existsSync } from 'node:fs';
import { createEmbedder } from '@cascadeflow/semantic';
import type { BenchContext, BenchOptions } from './bench.ts';
import { measureAgreements, measureFidelity, measureOffTopic } from './semantic/fidelity.ts';
import { fitAll } from './semantic/fit.ts';
import { measureFootprint } from './semantic/footprint.ts';
import { recordedPairs } from './semantic/pairs.ts';
import { measureSpeed } from './semantic/speed.ts';
import { openTeacher } from './semantic/teacher.ts';

export const options: BenchOptions = { fit: { type: 'boolean', default: false } };

export async function bench({ data, flags, report }: BenchContext): Promise<void> {
  measureFootprint(report);
  if (!existsSync(data)) return report.note(`skipped: speed, fidelity and detection, because ${data} is missing`);
  // No cache: every figure is of texts seen for the first time.
  const embedder = createEmbedder({ cache: false });
  if (flags['fit']) return fitAll(data, embedder, report);
  const teacher = await openTeacher(report);
  const texts = [...recordedPairs(data, true, 200).values()].flat().map(({ answer }) => answer);
  await measureSpeed(texts, embedder, teacher, report);
  await measureFidelity(data, embedder, teacher, report);
  await measureOffTopic(data, embedder, report);
  await measureAgreements(data, embedder, report);
  await teacher?.close?.();
}
