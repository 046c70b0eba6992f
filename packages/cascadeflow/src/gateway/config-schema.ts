import { z } from 'zod';

const money = z.number().min(0);
const rates = { input: money, output: money, cachedInput: money.optional(), cacheWrite: money.optional(), cacheWriteHour: money.optional(), reasoning: money.optional() };
const cost = z.union([money, z.strictObject({ ...rates, longPrompt: z.strictObject({ ...rates, above: z.number().int().positive() }).optional() })]);

const provider = z.strictObject({
  /** One of the known providers. Default: the name under `providers`. */
  type: z.string().optional(),
  apiKey: z.string().min(1).optional(),
  baseURL: z.url({ protocol: /^https?$/ }).optional(),
});

const model = z.union([
  z.string().min(3),
  z.strictObject({
    name: z.string().min(1),
    provider: z.string().min(1),
    cost: cost.optional(),
    domains: z.array(z.string()).optional(),
    maxTokens: z.int().min(1).optional(),
    fallbacks: z.array(z.string()).optional(),
  }),
]);

const level = z.enum(['economy', 'balanced', 'strict']);

const budget = z.strictObject({
  per: z.enum(['run', 'session', 'user', 'key', 'agent']),
  every: z.enum(['day', 'month']).optional(),
  limit: money,
  atLimit: z.enum(['stop', 'cheapest-only', 'warn']).optional(),
});

const cascade = z.strictObject({
  models: z.array(model).min(1),
  quality: z.union([level, z.number().min(0).max(1)]).optional(),
  order: z.enum(['cost', 'given']).optional(),
  secondOpinion: z.enum(['off', 'auto', 'always']).optional(),
  release: z.enum(['hold', 'window']).optional(),
  deadlineMs: z.int().min(1).optional(),
  system: z.string().optional(),
  budgets: z.array(budget).optional(),
  calibration: z.string().optional(),
  /** Gives an answer again when the same is asked. Default: asks anew. */
  cache: z.strictObject({ ttlMs: z.int().min(1).optional() }).optional(),
});

/** The file of `cascadeflow gateway`. */
export const fileSchema = z.strictObject({
  listen: z.strictObject({ host: z.string().min(1).optional(), port: z.int().min(0).max(65_535).optional(), drainMs: z.int().min(0).max(600_000).optional() }).optional(),
  providers: z.record(z.string().regex(/^[\w-]+$/), provider).optional(),
  cascades: z.record(z.string().regex(/^[\w-]+$/), cascade).refine((value) => Object.keys(value).length > 0, 'give at least one cascade'),
  /** File of prices, beside the configuration; `cascadeflow prices --refresh` writes it. Default: the bundled list. */
  priceList: z.string().min(1).optional(),
  defaultCascade: z.string().optional(),
  aliases: z.record(z.string(), z.string()).optional(),
  /** File of the clients' keys, beside the configuration; `cascadeflow keys` writes it. */
  keysFile: z.string().min(1).optional(),
  /** What several gateways share. */
  state: z
    .strictObject({
      /** Budgets, rates, sessions, answers and breakers: `redis://…`. */
      redis: z.url({ protocol: /^rediss?$/ }).optional(),
      /** Runs and keys: `postgres://…`. */
      postgres: z.url({ protocol: /^postgres(?:ql)?$/ }).optional(),
      /** Whether requests go on while Redis is away. Default: `closed` for cascades with budgets, `open` for rates, which each gateway then counts by itself. */
      onFailure: z.enum(['open', 'closed']).optional(),
    })
    .optional(),
  /** File of SQLite for the record of runs, beside the configuration. Default: the latest runs in memory. */
  runsFile: z.string().min(1).optional(),
  /** The operator's key, for /metrics and /admin. */
  adminKey: z.string().min(16, 'must have at least 16 characters').optional(),
  /** Models of /v1/embeddings: `local` ships with `@cascadeflow/semantic`, others are asked of a server with OpenAI's API. */
  embeddings: z
    .record(
      z.string().min(1),
      z.union([z.literal('local'), z.strictObject({ baseURL: z.url({ protocol: /^https?$/ }), apiKey: z.string().min(1).optional(), model: z.string().min(1).optional(), dimensions: z.int().min(1) })]),
    )
    .optional(),
  /** Who else is told of runs: the OpenTelemetry SDK that the process was started with, and the log, a line of JSON for each. */
  telemetry: z.strictObject({ openTelemetry: z.boolean().optional(), logs: z.boolean().optional() }).optional(),
  origins: z.array(z.string()).optional(),
  limits: z
    .strictObject({
      bodyBytes: z.int().min(1).optional(),
      bodyMs: z.int().min(1).optional(),
      bodyDepth: z.int().min(1).optional(),
      concurrency: z.int().min(1).optional(),
      choices: z.int().min(1).optional(),
      runMs: z.int().min(1).optional(),
    })
    .optional(),
});

/** A checked configuration file. */
export type GatewayFile = z.output<typeof fileSchema>;
