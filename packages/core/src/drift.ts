import type { Calibration } from '@cascadeflow/contract';

/** Watches whether traffic still looks like what an agent was calibrated on. */
export interface DriftWatch {
  record(probability: number, accepted: boolean): void;
  /** How the traffic has drifted, in one sentence, or `undefined`. */
  readonly warning: string | undefined;
}

/** Verdicts before drift is spoken of, and the span of the moving averages. Chosen by hand. */
const span = 500;
/** Population stability index from which two histograms count as different; 0.25 is the usual mark of a major shift. */
const stabilityLimit = 0.25;
/** Absolute change of the acceptance rate that counts as drift. Chosen by hand. */
const acceptanceLimit = 0.15;
const tenths = 10;
/** Keeps the index finite where a tenth is empty. */
const leastShare = 0.005;

/** Compares acceptance and the histogram of probabilities with those of the calibration. */
export function createDriftWatch(expected: NonNullable<Calibration['expected']>): DriftWatch {
  const histogram = Array.from({ length: tenths }, () => 0);
  let acceptance = 0;
  let count = 0;
  return {
    record(probability, accepted) {
      count++;
      const weight = 1 / Math.min(count, span);
      acceptance += weight * ((accepted ? 1 : 0) - acceptance);
      const tenth = Math.min(tenths - 1, Math.floor(probability * tenths));
      for (let index = 0; index < tenths; index++) histogram[index] = (histogram[index] ?? 0) * (1 - weight) + (index === tenth ? weight : 0);
    },
    get warning() {
      if (count < span) return undefined;
      const change = acceptance - expected.acceptance;
      if (Math.abs(change) > acceptanceLimit) {
        return `traffic has drifted from its calibration: ${percent(acceptance)} of drafts are accepted, ${percent(expected.acceptance)} were; fit it anew`;
      }
      if (stability(histogram, expected.histogram) <= stabilityLimit) return undefined;
      return 'traffic has drifted from its calibration: the judge gives other probabilities than it did; fit it anew';
    },
  };
}

/** Population stability index of two histograms: sum of (a - b) ln(a / b). */
function stability(seen: readonly number[], expected: readonly number[]): number {
  return seen.reduce((sum, share, index) => {
    const a = Math.max(share, leastShare);
    const b = Math.max(expected[index] ?? 0, leastShare);
    return sum + (a - b) * Math.log(a / b);
  }, 0);
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
