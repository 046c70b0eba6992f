import type { AttemptRef, AttemptStatus, Usage } from '@cascadeflow/contract';

/** What a history learns from a finished call. */
export interface LatencySample extends Pick<AttemptRef, 'model'> {
  readonly status: AttemptStatus | undefined;
  readonly latencyMs: number;
  readonly firstMs: number | undefined;
  readonly bill: { readonly usage?: Usage };
}

/** How fast models have been of late. */
export interface LatencyHistory {
  record(sample: LatencySample): void;
  /** A call was cancelled because it had not begun to answer after this long. */
  waited(model: string, ms: number): void;
  /** Milliseconds of a whole call at quantile `q` (0 to 1); `undefined` before there were eight. */
  total(model: string, q: number): number | undefined;
  /** Milliseconds to the first token, likewise. */
  firstToken(model: string, q: number): number | undefined;
  /** Output tokens of a usual answer; `undefined` before eight answers with a count. */
  outputTokens(model: string): number | undefined;
  /** Share of recent calls that failed, 0 to 1. */
  failureRate(model: string): number;
}

/** Calls after which a model's history is believed. Chosen by hand: fewer say nothing about a tail. */
export const leastSamples = 8;

/** Each call weighs this much less than the next: the last hundred or so count. */
const decay = 0.99;
/** Answers over which output tokens are averaged. */
const averaged = 100;
const bucketRatio = 1.15;
const bucketCount = 96;
const renormalizeAbove = 1e12;

/** A history in memory: per model two decaying histograms over log-spaced buckets (ratio 1.15, 1 ms to about 11 min; a quantile is its bucket's upper edge, at most 15% too high). */
export function createLatencyHistory(): LatencyHistory {
  const models = new Map<string, { total: Sketch; first: Sketch; failures: number; output: number; counted: number }>();
  const find = (model: string) => {
    let entry = models.get(model);
    if (!entry) models.set(model, (entry = { total: new Sketch(), first: new Sketch(), failures: 0, output: 0, counted: 0 }));
    return entry;
  };
  return {
    record(sample) {
      if (sample.status === 'cancelled') return;
      const entry = find(sample.model);
      const failed = sample.status !== 'ok';
      entry.failures = entry.failures * decay + (failed ? 1 - decay : 0);
      if (failed) return;
      entry.total.add(sample.latencyMs);
      if (sample.firstMs !== undefined) entry.first.add(sample.firstMs);
      const output = sample.bill.usage?.output;
      if (output !== undefined) entry.output += (output - entry.output) / Math.min(++entry.counted, averaged);
    },
    waited: (model, ms) => find(model).first.add(ms),
    total: (model, q) => models.get(model)?.total.quantile(q),
    firstToken: (model, q) => models.get(model)?.first.quantile(q),
    outputTokens(model) {
      const entry = models.get(model);
      return entry && entry.counted >= leastSamples ? entry.output : undefined;
    },
    failureRate: (model) => models.get(model)?.failures ?? 0,
  };
}

/** A histogram whose old entries fade: instead of shrinking every bucket, each new entry weighs more. */
class Sketch {
  readonly #buckets = new Float64Array(bucketCount);
  #weight = 1;
  #sum = 0;
  #count = 0;

  add(ms: number): void {
    const index = Math.min(bucketCount - 1, Math.max(0, Math.floor(Math.log(Math.max(ms, 1)) / Math.log(bucketRatio))));
    this.#buckets[index] = (this.#buckets[index] ?? 0) + this.#weight;
    this.#sum += this.#weight;
    this.#count++;
    this.#weight /= decay;
    if (this.#weight > renormalizeAbove) this.#renormalize();
  }

  quantile(q: number): number | undefined {
    if (this.#count < leastSamples) return undefined;
    let seen = 0;
    for (let index = 0; index < bucketCount; index++) {
      seen += this.#buckets[index] ?? 0;
      if (seen >= q * this.#sum) return bucketRatio ** (index + 1);
    }
    return bucketRatio ** bucketCount;
  }

  #renormalize(): void {
    for (let index = 0; index < bucketCount; index++) this.#buckets[index] = (this.#buckets[index] ?? 0) / this.#weight;
    this.#sum /= this.#weight;
    this.#weight = 1;
  }
}
