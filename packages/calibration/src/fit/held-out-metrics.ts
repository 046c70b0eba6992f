import { auarc } from '../metric/auarc.ts';
import { auroc } from '../metric/auroc.ts';
import { brier } from '../metric/brier.ts';
import { ece } from '../metric/ece.ts';
import { acceptance, qualityKept, saved } from '../metric/outcome.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import type { CrossFit, HeldOut } from './cross-fit.ts';

/** Outcomes that quality is told from, and outcomes that cost is told from. */
export interface HeldOutOutcomes {
  /** Of bars that never saw the row. */
  readonly kept: readonly HeldOut[];
  /** Of the final bars. */
  readonly spent: readonly HeldOut[];
}

/** Figures of a fit on rows that it did not see, by name; what cannot be computed is left out. `judge` figures are of the judge's own word. */
export function heldOutMetrics(rows: readonly ReplayRow[], held: CrossFit, { kept, spent }: HeldOutOutcomes): Record<string, number> {
  const before = rows.flatMap(({ verdicts: [first] }) => (first?.quality === undefined || first.veto !== undefined ? [] : [[first.probability, first.quality] as const]));
  const after = held.rows.flatMap(({ stations: [first] }) => (first === undefined || first.vetoed ? [] : [[first.probability, first.quality] as const]));
  const figures: Record<string, number> = {};
  for (const [name, pairs] of [['judge', before], ['calibrated', after]] as const) {
    const said = pairs.map(([probability]) => probability);
    const labels = pairs.map(([, quality]) => quality);
    figures[`${name}.auroc`] = auroc(said, labels);
    figures[`${name}.auarc`] = auarc(said, labels);
    figures[`${name}.ece`] = ece(said, labels);
    figures[`${name}.brier`] = brier(said, labels);
  }
  figures['qualityKept'] = qualityKept(kept);
  figures['saved'] = saved(spent);
  figures['acceptance'] = acceptance(spent);
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}
