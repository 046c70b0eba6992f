import type { CascadeEvent, CascadeResult, ModelInfo } from '@cascadeflow/contract';
import { type BatchItem, type BatchOptions, runBatch } from './batch.ts';
import { buildSettings } from './build-settings.ts';
import { cascade } from './cascade.ts';
import { checkAgentOptions } from './check-agent-options.ts';
import { loadDefaults } from './late-defaults.ts';
import { Observer } from './observe.ts';
import type { AgentOptions, RunInput, RunOptions } from './options.ts';
import { Outbox } from './outbox.ts';
import { Run, type RunRequest } from './run.ts';
import type { Settings } from './settings.ts';
import { openRequest } from './steps/open-request.ts';
import { tracesHandedOver } from './trace-run.ts';

/** A result whose `object` is typed by the schema that was asked for. */
export type TypedResult<Output> = CascadeResult & { readonly object?: Output };

/** A cascade of models. Holds no run's state: any number of runs may be under way at once. */
export class CascadeAgent {
  readonly #settings: Settings;
  readonly #observer: Observer | undefined;

  /** @throws InvalidOptionsError naming the path of the bad field and the fix. */
  constructor(options: AgentOptions) {
    checkAgentOptions(options);
    void loadDefaults();
    this.#settings = buildSettings(options);
    this.#observer = options.mode === 'observe' ? new Observer(this.#settings, options.observe ?? {}, (run) => cascade(run)) : undefined;
  }

  /**
   * Answers one request.
   * @throws CascadeError when there is no answer; `spend` holds what was spent.
   */
  async run<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): Promise<TypedResult<Output>> {
    return (await cascade(new Run(this.#settings, this.#open(input, options, false)))) as TypedResult<Output>;
  }

  /**
   * The answer as text the reader may keep, piece by piece; the iterator's return value is the result.
   * In release mode `optimistic` a text may be withdrawn, which this door cannot say: it then behaves as `hold`.
   * @throws CascadeError when there is no answer, or when it breaks after its first text.
   */
  async *runStreaming<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): AsyncGenerator<string, TypedResult<Output>, undefined> {
    const opened = this.#open(input, options, true);
    const held = { ...opened, release: opened.release === 'optimistic' ? ('hold' as const) : opened.release };
    const outbox = new Outbox((deliver) => new Run(this.#settings, held, deliver));
    for await (const event of outbox.events()) if (event.type === 'text-delta') yield event.text;
    return (await outbox.result) as TypedResult<Output>;
  }

  /** The whole story. A failed run ends with a `cascade-fail` event; only wrong options are thrown. Leaving the loop aborts the run. */
  async *streamEvents<Output = unknown>(input: RunInput, options: RunOptions<Output> = {}): AsyncGenerator<CascadeEvent, void, undefined> {
    const opened = this.#open(input, options, true);
    yield* new Outbox((deliver) => new Run(this.#settings, opened, deliver)).events();
  }

  /** Answers many requests, a few at a time, in order. One that fails does not stop the others. */
  runBatch(inputs: readonly RunInput[], options: BatchOptions = {}): Promise<BatchItem[]> {
    return runBatch(inputs, options, (input, runOptions) => this.run(input, runOptions));
  }

  /** The configured models in the order of their tiers. */
  get models(): readonly ModelInfo[] {
    return this.#settings.tiers.map((tier) => tier.info);
  }

  /** Waits for the shadow runs under way, and until every finished run's trace has been handed to `trace.write`. */
  async close(): Promise<void> {
    await this.#observer?.close();
    if (this.#settings.trace) await tracesHandedOver(this.#settings.trace);
  }

  /** Checks a request; in `observe` mode it is served by today's model, and the cascade may be run beside it. */
  #open<Output>(input: RunInput, options: RunOptions<Output>, hasReader: boolean): RunRequest {
    const opened = openRequest(this.#settings, input, options, hasReader);
    if (!this.#observer) return opened;
    this.#observer.shadow(opened);
    return this.#observer.served(opened);
  }
}
