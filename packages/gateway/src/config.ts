import type { Clock, Embedder, RequestLimiter } from '@cascadeflow/contract';
import type { CascadeAgent } from '@cascadeflow/core';
import type { RunLog } from './runs/run-log.ts';

/** A client's key: never the key itself, only its hash. */
export interface GatewayKey {
  /** Names the key in budgets and logs. */
  readonly id: string;
  /** SHA-256 of the key in lower-case hex; see `hashKey`. */
  readonly hash: string;
  /** Models and cascades the key may name, as clients write them. Default: all. */
  readonly models?: readonly string[];
  /** Whose budget pays, for rules with `per: 'key'`. Default: the key's id. */
  readonly budgetKey?: string;
  /** Most requests a minute. Default: no limit. */
  readonly requestsPerMinute?: number;
  /** Most requests under way at once. Default: no limit. */
  readonly concurrency?: number;
}

/** What a client may demand of the gateway. */
export interface GatewayLimits {
  /** Most bytes of a body. */
  readonly bodyBytes: number;
  /** Milliseconds within which a body must have come. */
  readonly bodyMs: number;
  /** Deepest nesting of a body. */
  readonly bodyDepth: number;
  /** Most requests under way at once; more are answered 503. */
  readonly concurrency: number;
  /** Most choices of one request (`n`). */
  readonly choices: number;
  /** Milliseconds one run may take. Infinity: as long as its cascade allows. */
  readonly runMs: number;
}

/** 32 MB is Anthropic's own limit of a request; the rest is chosen by hand. */
export const defaultLimits: GatewayLimits = {
  bodyBytes: 32 * 1024 * 1024,
  bodyMs: 30_000,
  bodyDepth: 100,
  concurrency: 10_000,
  choices: 8,
  runMs: Infinity,
};

/** What a gateway is made of. */
export interface GatewayConfig {
  /** Cascades by name. Clients ask for `cascade:NAME`, and for the models of each by their own names. */
  readonly cascades: { readonly [name: string]: CascadeAgent };
  /** Which of them `model: "cascade"` means. Default: the first. */
  readonly defaultCascade?: string;
  /** Names that clients have built in, and what they get instead: `{ "gpt-4o": "cascade" }`. */
  readonly aliases?: { readonly [model: string]: string };
  /** Who may ask. Absent: anyone who can reach the gateway. A function is asked for each request, so that keys can come and go. */
  readonly keys?: readonly GatewayKey[] | (() => readonly GatewayKey[]);
  readonly limits?: Partial<GatewayLimits>;
  /** Web pages that may ask, by origin (`https://app.example.com`). Default none: a request that names an origin is refused. */
  readonly origins?: readonly string[];
  /** Counts the tokens of a text, for `count_tokens` and the start of Anthropic's streams. Default: four bytes of UTF-8 are a token. */
  readonly estimateTokens?: (text: string) => number;
  /** Counts keys' requests a minute for several gateways together, such as `createRedisLimiter`. Default: each gateway counts its own. */
  readonly limiter?: RequestLimiter;
  /** Whether requests go on when the limiter cannot be asked: `closed` refuses them. Default `open`, with each gateway counting its own. */
  readonly onLimiterFailure?: 'open' | 'closed';
  /** Models of `/v1/embeddings` by name. */
  readonly embedders?: { readonly [name: string]: Embedder };
  /** What `/metrics` and `/admin/…` tell; its `onEvent` is given to the cascades. Absent: they tell nothing. */
  readonly runs?: RunLog;
  /** SHA-256 of the operator's key for `/metrics` and `/admin/…`, as `hashKey` gives it. Needed where clients have keys. */
  readonly adminKeyHash?: string;
  readonly clock?: Clock;
}
