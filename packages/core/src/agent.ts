import { CascadeError, type CascadeEvent, type CascadeResult, systemClock } from '@cascadeflow/contract';
import { runBatch, type BatchItem, type BatchOptions } from './batch.ts';
import { createResponseCache, defaultCacheSize } from './cache.ts';
import { cascade } from './cascade.ts';
import { checkAgentOptions } from './check-agent-options.ts';
import { defaults } from './defaults.ts';
import { createLatencyHistory } from './latency.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { AgentOptions, RunInput, RunOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { createResilience } from './resilience.ts';
import { Run } from './run.ts';
import type { Settings } from './settings.ts';
import { createStormWatch } from './storm.ts';
import { openRequest, toSecondOpinion } from './steps/open-request.ts';
import { buildTiers } from './tiers.ts';

/** A result whose `object` is typed by the schema that was asked for. */
export type TypedResult<Output> = CascadeResult & { readonly object?: Output };

/** Milliseconds a model may be silent. Chosen by hand: longer than the slowest first token of reasoning models without streaming thoughts. */
const defaultSilenceMs = 60_000;

const defaultRetries = 2;

/** A cascade of models. Holds no run's state: any number of runs may be under way at once. */
export class CascadeAgent {
  readonly #settings: Settings;

  /** @throws InvalidOptionsError naming the path of the bad field and the fix. */
  constructor(options: AgentOptions) {
    checkAgentOptions(options);
    const { tiers, warnings } = buildTiers(options);
    const clock = options.clock ?? systemClock;
    const estimateTokens = options.estimateTokens ?? defaults.estimateTokens;
    const resilience = options.resilience ?? {};
    const handed = options.embedder ? { embedder: options.embedder } : {};
    this.#settings = {
      tiers,
      warnings,
      judge: options.judge ?? defaults.judge(handed),
      router: options.router ?? defaults.router(handed),
      progress: options.progress ?? defaults.progress,
      modelJudge: defaults.modelJudge,
      estimateTokens,
      validate: defaults.validate,
      toolRisk: defaults.toolRisk,
      clock,
      random: options.random ?? Math.random,
      latency: createLatencyHistory(),
      guard: resilience ? createResilience(resilience, clock, estimateTokens) : undefined,
      storm: resilience && resilience.storm !== false ? createStormWatch(clock, resilience.storm) : undefined,
      quality: options.quality ?? 'balanced',
      secondOpinion: toSecondOpinion(options.secondOpinion ?? 'auto'),
      release: options.release ?? 'hold',
      speculation: options.speculation ?? 'sequential',
      latencyValue: options.latencyValue ?? 0,
      budgets: options.budgets && { onStoreFailure: 'closed', store: createMemoryBudgetStore(clock), ...options.budgets },
      cache: options.cache && createResponseCache({ store: createMemoryStore({ maxSize: defaultCacheSize }), ...options.cache }),
      system: options.system,
      deadlineMs: options.deadlineMs,
      silenceMs: options.silenceMs ?? defaultSilenceMs,
      retries: options.retries ?? defaultRetries,
      onEvent: options.onEvent,
    };
  }

  /**
   * Answers one request.
   * @throws CascadeError when there is no answer; `spend` holds what was spent.
   */
  async run<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): Promise<TypedResult<Output>> {
    const opened = openRequest(this.#settings, input, options, false);
    return (await cascade(new Run(this.#settings, opened))) as TypedResult<Output>;
  }

  /**
   * The answer as text the reader may keep, piece by piece; the iterator's return value is the result.
   * In release mode `optimistic` a text may be withdrawn, which this door cannot say: it then behaves as `hold`.
   * @throws CascadeError when there is no answer, or when it breaks after its first text.
   */
  async *runStreaming<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): AsyncGenerator<string, TypedResult<Output>, undefined> {
    const opened = openRequest(this.#settings, input, options, true);
    const held = { ...opened, release: opened.release === 'optimistic' ? ('hold' as const) : opened.release };
    const outbox = new Outbox((deliver) => new Run(this.#settings, held, deliver));
    for await (const event of outbox.events()) if (event.type === 'text-delta') yield event.text;
    return (await outbox.result) as TypedResult<Output>;
  }

  /** The whole story. A failed run ends with a `cascade-fail` event; only wrong options are thrown. Leaving the loop aborts the run. */
  async *streamEvents<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): AsyncGenerator<CascadeEvent, void, undefined> {
    const opened = openRequest(this.#settings, input, options, true);
    yield* new Outbox((deliver) => new Run(this.#settings, opened, deliver)).events();
  }

  /** Answers many requests, a few at a time, in order. One that fails does not stop the others. */
  runBatch(inputs: readonly RunInput[], options: BatchOptions = {}): Promise<BatchItem[]> {
    return runBatch(inputs, options, (input, runOptions) => this.run(input, runOptions));
  }

  /** The configured models in the order of their tiers. */
  get models() {
    return this.#settings.tiers.map((tier) => tier.info);
  }
}
