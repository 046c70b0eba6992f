import type { Pico } from './money.ts';
import type { Walk } from './walk.ts';

/** What hedges and head starts may add to the bill, as a share of it. */
export const defaultSpeculationBudget = 0.05;

/** Holds what speculation adds to the bill at a share of it, over the last thousand turns or so. */
export interface SpeculationBudget {
  /** Sets an expected cost aside for a turn; false while earlier ones have used up the share. A cost that is not known counts for nothing. */
  take(walk: Walk, expected: Pico | undefined): boolean;
  /** Books what the calls of a turn came to in place of what was set aside. */
  book(walk: Walk): void;
}

const decay = 0.999;

/** A budget in memory, of one agent. */
export function createSpeculationBudget(share: number): SpeculationBudget {
  let needed = 0;
  let extra = 0;
  return {
    take(walk, expected = 0) {
      if (extra > share * needed || share === 0) return expected === 0;
      extra += expected;
      walk.setAside += expected;
      return true;
    },
    book(walk) {
      const { useful, spare } = costsOf(walk);
      needed = needed * decay + useful;
      extra = Math.max(0, extra - walk.setAside) * decay + spare;
    },
  };
}

function costsOf(walk: Walk): { useful: number; spare: number } {
  const sums = { useful: 0, spare: 0 };
  for (const attempt of walk.attempts) sums[attempt.spare ? 'spare' : 'useful'] += 1e12 * (attempt.bill.cost ?? 0);
  for (const attempt of walk.early.values()) sums.spare += 1e12 * (attempt.bill.cost ?? 0);
  return sums;
}
