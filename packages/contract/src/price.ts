/** Tokens of one call, in kinds that never overlap. Absent means the vendor did not say; it never means 0. */
export interface Usage {
  /** Prompt tokens that were neither read from nor written to a cache. */
  readonly input?: number;
  /** Prompt tokens read from the vendor's cache. */
  readonly cachedInput?: number;
  /** Prompt tokens written to the vendor's cache. */
  readonly cacheWrite?: number;
  /** Of `cacheWrite`, those kept for an hour rather than minutes, which vendors charge more for. A share of that kind, not a kind beside it. */
  readonly cacheWriteHour?: number;
  /** Visible output tokens, tool calls included. */
  readonly output?: number;
  /** Hidden reasoning tokens. */
  readonly reasoning?: number;
}

/** USD per 1M tokens of each kind. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  /** Default: the input price. */
  readonly cachedInput?: number;
  /** Default: the input price. */
  readonly cacheWrite?: number;
  /** Default: the price of any cache write. */
  readonly cacheWriteHour?: number;
  /** Default: the output price. */
  readonly reasoning?: number;
}

/** Rates of every token of a call whose prompt is long. */
export interface LongPromptRates extends Rates {
  /** Prompt tokens, cached ones included, beyond which these rates hold for the whole call. */
  readonly above: number;
}

/** List price in USD per 1M tokens of each kind. */
export interface Price extends Rates {
  /** Where the vendor charges more for long prompts. */
  readonly longPrompt?: LongPromptRates;
  /** USD per call, whatever its length. */
  readonly perRequest?: number;
  /** Day of the list, `YYYY-MM-DD`. */
  readonly asOf?: string;
  /** Where the figures stand. */
  readonly source?: string;
}

/** A price as users may write it: USD per 1K tokens, input and output alike, or a {@link Price}. */
export type CostSpec = number | Price;

/** Turns either form of a cost into a {@link Price}: `0.5` per 1K tokens is 500 per 1M of every kind. */
export function toPrice(cost: CostSpec): Price {
  if (typeof cost !== 'number') return cost;
  const perMillion = Math.round(cost * 1e9) / 1e6;
  return { input: perMillion, output: perMillion };
}
