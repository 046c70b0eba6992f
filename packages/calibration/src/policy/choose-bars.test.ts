import { describe, expect, it } from 'vitest';
import { settle } from './bars.ts';
import { chooseBars } from './choose-bars.ts';
import type { PolicyRow } from './policy-row.ts';

/** Rows whose drafts cost 1 and whose verifier, always right, costs 10. */
function rowsOf(count: number, of: (index: number) => { readonly probability: number; readonly quality: number; readonly accepted?: boolean }): PolicyRow[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${index}`,
    group: `${index}`,
    domain: 'general',
    complexity: 'simple',
    stations: [{ opinions: false, model: 'small', spent: 1, vetoed: false, ...of(index) }],
    escalatedCost: 11,
    verifierQuality: 1,
    verifierCost: 10,
  }));
}

describe('the judge\'s own bars', () => {
  /** The judge is right about every second draft, though its probabilities do not show it. */
  const knowing = rowsOf(100, (index) => ({ probability: 0.7, quality: index % 2, accepted: index % 2 === 1 }));

  it('stand where they cost less than what was searched for', () => {
    const bars = chooseBars(knowing, { keep: 1, doubt: 1 });
    expect(bars.asJudged).toBe(true);
    expect(knowing.map((row) => settle(row, bars).accepted)).toEqual(knowing.map((row) => row.stations[0]?.accepted));
  });

  it('are not considered unless asked for, or where it is not known what the judge decided', () => {
    expect(chooseBars(knowing, { keep: 1 }).asJudged).toBeUndefined();
    expect(chooseBars(rowsOf(100, (index) => ({ probability: 0.7, quality: index % 2 })), { keep: 1, doubt: 1 }).asJudged).toBeUndefined();
  });

  it('fall when the rows speak against them, and sooner the more is asked of them', () => {
    const wrongIn = (wrong: number) => rowsOf(200, (index) => ({ probability: 0.5, quality: index < wrong ? 0 : 1, accepted: true }));
    const stands = (wrong: number, doubt: number) => chooseBars(wrongIn(wrong), { keep: 0.99, caution: 9, doubt }).asJudged === true;
    expect([0, 2, 4, 60].map((wrong) => stands(wrong, 1.64))).toEqual([true, true, true, false]);
    expect([0, 2, 4, 60].map((wrong) => stands(wrong, -1))).toEqual([true, false, false, false]);
  });

  it('are not proven by rows in which nothing was lost', () => {
    const flawless = rowsOf(200, () => ({ probability: 0.5, quality: 1, accepted: true }));
    expect(chooseBars(flawless, { keep: 1, caution: 9, doubt: -1 }).asJudged).toBeUndefined();
    expect(chooseBars(flawless, { keep: 1, caution: 9, doubt: 1.64 }).asJudged).toBe(true);
  });
});
