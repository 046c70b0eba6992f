import type { PolicyOutcome } from '../metric/outcome.ts';
import type { PolicyRow, Station } from './policy-row.ts';

/** From which probability on drafts are accepted: below the verifier's own by `slack`, and higher by `margin` while an opinion could still be asked. */
export interface Bars {
  /** How much less likely than the verifier's answer an accepted draft may be to be good. */
  readonly slack: number;
  /** Added to the bar of a draft that was judged alone. */
  readonly margin: number;
  /** The verifier's quality by domain, smoothed; `''` is that of all. */
  readonly verifier: Readonly<Record<string, number>>;
  /** True to leave the decision to the judge, which knows more of a draft than its probability; the other fields then say nothing. */
  readonly asJudged?: true;
}

/** Above every probability: accepts nothing. */
export const closedBar = 1.01;

/** Rows at the overall mean that every domain's figure starts from. Chosen by hand. */
const smoothing = 20;

/** The verifier's mean quality by domain, each pulled to the mean of all; domains with too few rows to tell are left out. */
export function verifierQualities(rows: readonly Pick<PolicyRow, 'domain' | 'verifierQuality'>[]): Record<string, number> {
  const sums = new Map<string, { sum: number; n: number }>();
  let total = 0;
  for (const { domain, verifierQuality } of rows) {
    total += verifierQuality;
    const entry = sums.get(domain) ?? { sum: 0, n: 0 };
    sums.set(domain, { sum: entry.sum + verifierQuality, n: entry.n + 1 });
  }
  const mean = rows.length === 0 ? 1 : total / rows.length;
  const result: Record<string, number> = { '': mean };
  for (const [domain, { sum, n }] of sums) if (n >= smoothing) result[domain] = (sum + smoothing * mean) / (n + smoothing);
  return result;
}

/** The bar for a verdict in a domain. */
export function barFor({ slack, margin, verifier }: Bars, domain: string, opinions: boolean): number {
  return clampBar((verifier[domain] ?? verifier[''] ?? 1) - slack + (opinions ? 0 : margin));
}

/** A bar held between accepting everything and accepting nothing. */
export function clampBar(bar: number): number {
  return Math.min(closedBar, Math.max(0, bar));
}

/** True when a walk ends at a station under these bars. */
function accepts(station: Station, bars: Bars, domain: string): boolean {
  if (station.vetoed) return false;
  return bars.asJudged === true ? station.accepted === true : station.probability >= barFor(bars, domain, station.opinions);
}

/** What these bars would have done with a row: the first verdict that reaches its bar ends the walk, as in the engine. */
export function settle(row: PolicyRow, bars: Bars): PolicyOutcome {
  const { verifierQuality, verifierCost } = row;
  for (const station of row.stations) {
    if (!accepts(station, bars, row.domain)) continue;
    return { quality: station.quality, cost: station.spent, accepted: true, verifierQuality, verifierCost };
  }
  return { quality: verifierQuality, cost: row.escalatedCost, accepted: false, verifierQuality, verifierCost };
}
