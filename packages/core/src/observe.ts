import { CascadeError, type CascadeResult } from '@cascadeflow/contract';
import { Run, type RunRequest } from './run.ts';
import type { Settings } from './settings.ts';

/** How an agent watches without serving. */
export interface ObserveOptions {
  /** Name of the model users have today; it answers every request directly. Default: the last tier. */
  readonly serve?: string;
  /** Share of requests that the cascade is run beside, 0 to 1. Default 0.1. */
  readonly sample?: number;
  /** Shadow runs under way at the same time; further ones are left out. Default 4. */
  readonly concurrency?: number;
  /** USD the shadow runs may spend in all; then they stop. Default: no limit. */
  readonly budget?: number;
}

const defaultSample = 0.1;
const defaultConcurrency = 4;

/** Runs the cascade beside served requests, in the background, on a sample, under its own budget. */
export class Observer {
  readonly #options: ObserveOptions;
  readonly #settings: Settings;
  readonly #walk: (run: Run) => Promise<CascadeResult>;
  readonly #running = new Set<Promise<void>>();
  #spent = 0;

  constructor(settings: Settings, options: ObserveOptions, walk: (run: Run) => Promise<CascadeResult>) {
    this.#settings = { ...settings, mode: 'observe', onEvent: undefined, budgets: undefined, cache: undefined };
    this.#options = options;
    this.#walk = walk;
  }

  /** The request as it is served: by today's model, directly. */
  served(opened: RunRequest): RunRequest {
    const forceModel = opened.options.forceModel ?? this.#options.serve ?? (this.#settings.tiers.at(-1)?.info.name as string);
    return { ...opened, options: { ...opened.options, forceModel } };
  }

  /** Starts a shadow run after the caller's own work, unless this request is not drawn, too many are under way, or the money is spent. */
  shadow(opened: RunRequest): void {
    const { sample = defaultSample, concurrency = defaultConcurrency, budget = Infinity } = this.#options;
    const hasTools = opened.tools.some((tool) => tool.execute);
    if (hasTools || this.#running.size >= concurrency || this.#spent >= budget || this.#settings.random() >= sample) return;
    const { signal: _, onApproval: __, ...options } = opened.options;
    const run = new Run(this.#settings, { ...opened, options, hasReader: false });
    const work = this.#walk(run)
      .then((result) => void (this.#spent += result.totalCost ?? 0))
      .catch((error: unknown) => void (this.#spent += (CascadeError.is(error) && error.spend?.totalCost) || 0))
      .finally(() => this.#running.delete(work));
    this.#running.add(work);
  }

  /** Waits for the shadow runs under way. */
  async close(): Promise<void> {
    await Promise.all(this.#running);
  }
}
