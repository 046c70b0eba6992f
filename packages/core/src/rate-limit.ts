import type { Clock } from '@cascadeflow/contract';

/** What a provider allows per minute. */
export interface RateLimitOptions {
  readonly requestsPerMinute?: number;
  readonly tokensPerMinute?: number;
}

/** Counts what is sent to one provider. */
export interface RateLimit {
  /** Takes room for one request of so many tokens: 0 when there was room, else the milliseconds until there will be, and nothing is taken. */
  take(tokens: number): number;
}

const minuteMs = 60_000;

/** Two token buckets that refill evenly, each with room for one minute's worth. */
export function createRateLimit(options: RateLimitOptions, clock: Clock): RateLimit {
  const buckets = [new Bucket(options.requestsPerMinute, clock), new Bucket(options.tokensPerMinute, clock)] as const;
  return {
    take(tokens) {
      const waitMs = Math.max(buckets[0].waitFor(1), buckets[1].waitFor(tokens));
      if (waitMs > 0) return waitMs;
      buckets[0].spend(1);
      buckets[1].spend(tokens);
      return 0;
    },
  };
}

class Bucket {
  readonly #perMs: number;
  readonly #size: number;
  readonly #clock: Clock;
  #level: number;
  #at: number;

  constructor(perMinute: number | undefined, clock: Clock) {
    this.#size = perMinute ?? Infinity;
    this.#perMs = this.#size / minuteMs;
    this.#clock = clock;
    this.#level = this.#size;
    this.#at = clock.now();
  }

  /** A request larger than the whole bucket passes when the bucket is full: it could never pass otherwise. */
  waitFor(amount: number): number {
    if (this.#size === Infinity) return 0;
    const now = this.#clock.now();
    this.#level = Math.min(this.#size, this.#level + (now - this.#at) * this.#perMs);
    this.#at = now;
    return Math.max(0, (Math.min(amount, this.#size) - this.#level) / this.#perMs);
  }

  spend(amount: number): void {
    if (this.#size !== Infinity) this.#level -= amount;
  }
}
