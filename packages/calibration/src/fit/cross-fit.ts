import type { Bars } from '../policy/bars.ts';
import { settle } from '../policy/bars.ts';
import { type BarsTarget, chooseBars } from '../policy/choose-bars.ts';
import { type Maps, type PolicyRow, toPolicyRow } from '../policy/policy-row.ts';
import type { PolicyOutcome } from '../metric/outcome.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import { fitMaps } from './fit-maps.ts';
import { groupedFolds } from './folds.ts';
import type { ProbabilityMapOptions } from './probability-map.ts';

/** What a fit is held to. */
export interface CrossFitOptions extends ProbabilityMapOptions {
  /** Default 5. */
  readonly folds?: number;
}

/** A row with what thresholds that never saw it did with it. */
export interface HeldOut extends PolicyOutcome {
  readonly group: string;
}

/** Probe rows with probabilities from maps that never saw them. */
export interface CrossFit {
  readonly rows: readonly PolicyRow[];
  /** What bars do with these rows. Costs do not depend on labels: for bars chosen on all rows this is what they will cost. */
  settle(bars: Bars): HeldOut[];
  /** Bars are chosen without the fold they are used on, too: the quality that a target would really keep. */
  outcomes(target: BarsTarget): HeldOut[];
  /** The same fit over changed rows: with another verifier, say. */
  map(change: (row: PolicyRow) => PolicyRow): CrossFit;
}

/** Fits maps fold by fold and keeps the probabilities of the rows left out. Rows without labels, costs or answers are left aside. */
export function crossFit(rows: readonly ReplayRow[], { folds = 5, seed = 1, quick = false }: CrossFitOptions = {}): CrossFit {
  const usable = rows.filter((row) => toPolicyRow(row) !== undefined);
  const parts = groupedFolds(usable, (row) => row.group, folds, seed).map(({ train, test }) => seen(test, fitMaps(train, { seed, quick })));
  return fromParts(parts);
}

function fromParts(parts: readonly (readonly PolicyRow[])[]): CrossFit {
  return {
    rows: parts.flat(),
    settle: (bars) => parts.flat().map((row) => heldOut(row, bars)),
    outcomes: (target) =>
      parts.flatMap((test, left) => {
        const bars = chooseBars(parts.filter((_, index) => index !== left).flat(), target);
        return test.map((row) => heldOut(row, bars));
      }),
    map: (change) => fromParts(parts.map((part) => part.map(change))),
  };
}

/** Rows under maps, those that cannot be used left aside. */
export function seen(rows: readonly ReplayRow[], maps: Maps): PolicyRow[] {
  const result: PolicyRow[] = [];
  for (const row of rows) {
    const policyRow = toPolicyRow(row, maps);
    if (policyRow !== undefined) result.push(policyRow);
  }
  return result;
}

function heldOut(row: PolicyRow, bars: Bars): HeldOut {
  return { ...settle(row, bars), group: row.group };
}
