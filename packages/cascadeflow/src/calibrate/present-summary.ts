import type { Interval, ReplaySummary } from '@cascadeflow/calibration';
import { formatMoney } from '../terminal/figures.ts';

/** `38.2% (35.1 to 41.0)`. */
export function share({ value, low, high }: Interval): string {
  const digits = (each: number) => (Number.isFinite(each) ? (100 * each).toFixed(1) : '–');
  return `${digits(value)}% (${digits(low)} to ${digits(high)})`;
}

/** A replay in a few lines, with what was left out and why. */
export function presentSummary(models: readonly string[], summary: ReplaySummary): string {
  const lines = [
    `${models.join(' > ')}, ${summary.rows} questions, 95% intervals`,
    `  saved         ${share(summary.saved)}: ${formatMoney(summary.cost)} instead of ${formatMoney(summary.verifierCost)}`,
    `  quality kept  ${share(summary.qualityKept)}: ${summary.quality.toFixed(3)} instead of ${summary.verifierQuality.toFixed(3)}`,
    `  accepted      ${share(summary.acceptance)}`,
  ];
  for (const [model, count] of Object.entries(summary.unrecorded)) lines.push(`  left out      ${count}: ${model} would have been asked, and its answer was not recorded`);
  if (summary.unlabelled > 0) lines.push(`  left out      ${summary.unlabelled}: an answer has no label; try --label-by-verifier or --votes`);
  if (summary.unpriced > 0) lines.push(`  left out      ${summary.unpriced}: a cost is unknown; give --price model=input/output`);
  if (summary.failed > 0) lines.push(`  failed        ${summary.failed}`);
  return `${lines.join('\n')}\n`;
}
