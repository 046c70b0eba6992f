import { calibrateRoute, type Calibration, type Router, systemClock } from '@cascadeflow/contract';
import { createResponseCache, defaultCacheSize } from './cache.ts';
import { lateDefaults as defaults } from './late-defaults.ts';
import { createDriftWatch } from './drift.ts';
import { createLatencyHistory } from './latency.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';
import { createMemoryStore } from './memory-store.ts';
import type { AgentOptions } from './options.ts';
import { createResilience } from './resilience.ts';
import { isPromiseLike } from './run.ts';
import type { Settings } from './settings.ts';
import { toSecondOpinion } from './steps/open-request.ts';
import { createSpeculationBudget, defaultSpeculationBudget } from './speculation-budget.ts';
import { createStormWatch } from './storm.ts';
import { buildTiers } from './tiers.ts';

/** Milliseconds a model may be silent. Chosen by hand: longer than the slowest first token of reasoning models without streaming thoughts. */
const defaultSilenceMs = 60_000;

const defaultRetries = 2;

/** Completes an agent's options with the defaults. */
export function buildSettings(options: AgentOptions): Settings {
  const { tiers, warnings } = buildTiers(options);
  const clock = options.clock ?? systemClock;
  const estimateTokens = options.estimateTokens ?? defaults.estimateTokens;
  const resilience = options.resilience ?? {};
  const { calibration } = options;
  const learned = { ...(options.embedder && { embedder: options.embedder }), ...(calibration && { calibration }) };
  return {
    tiers,
    warnings,
    judge: options.judge ?? defaults.judge(learned),
    router: options.router ?? calibrated(defaults.router(learned), calibration),
    progress: options.progress ?? defaults.progress,
    modelJudge: defaults.modelJudge,
    estimateTokens,
    validate: defaults.validate,
    toolRisk: defaults.toolRisk,
    clock,
    random: options.random ?? Math.random,
    latency: options.latency ?? createLatencyHistory(),
    guard: resilience ? createResilience(resilience, clock, estimateTokens) : undefined,
    storm: resilience && resilience.storm !== false ? createStormWatch(clock, resilience.storm) : undefined,
    quality: options.quality ?? 'balanced',
    secondOpinion: toSecondOpinion(options.secondOpinion ?? 'auto'),
    release: options.release ?? 'hold',
    speculation: options.speculation ?? 'sequential',
    latencyValue: options.latencyValue ?? 0,
    speculationBudget: createSpeculationBudget(options.speculationBudget ?? defaultSpeculationBudget),
    budgets: options.budgets && { onStoreFailure: 'closed', store: createMemoryBudgetStore(clock), ...options.budgets },
    cache: options.cache && createResponseCache({ store: createMemoryStore({ maxSize: defaultCacheSize }), ...options.cache }),
    system: options.system,
    deadlineMs: options.deadlineMs,
    silenceMs: options.silenceMs ?? defaultSilenceMs,
    retries: options.retries ?? defaultRetries,
    mode: 'serve',
    trace: options.trace,
    drift: calibration?.expected && createDriftWatch(calibration.expected),
    onEvent: options.onEvent,
  };
}

/** The default router, corrected by what was seen on recorded traffic. */
function calibrated(router: Router, calibration: Calibration | undefined): Router {
  if (!calibration) return router;
  return (input) => {
    const route = router(input);
    if (isPromiseLike(route)) return route.then((found) => found && calibrateRoute(calibration, found));
    return route && calibrateRoute(calibration, route);
  };
}
