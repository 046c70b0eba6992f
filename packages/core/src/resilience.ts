import { type BreakerBoard, type Clock, type ModelRequest, ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import { estimateInput } from './bill.ts';
import type { Admission, Guard } from './guard.ts';
import type { PolicyLibrary } from './policy-library.ts';
import { createRateLimit, type RateLimit, type RateLimitOptions } from './rate-limit.ts';
import type { StormOptions } from './storm.ts';
import type { Tier } from './tiers.ts';

/** When a model is left alone. */
export interface BreakerOptions {
  readonly failures?: number;
  readonly restMs?: number;
  /** Where processes tell each other which models rest, such as `createRedisBreakerBoard`. Default: each finds out by itself. */
  readonly board?: BreakerBoard;
}

/** What keeps failing models and full providers from being called. */
export interface ResilienceOptions {
  /** A model is left alone after so many failures in a row, and tried again by one call after so many milliseconds. Default 5 and 30 000; false for never. */
  readonly breaker?: false | BreakerOptions;
  /** Calls of one provider under way at the same time, and how many more may wait. Default: no limit. */
  readonly bulkhead?: { readonly calls: number; readonly waiting?: number };
  /** Requests and tokens per minute and provider. Default: no limit. */
  readonly rateLimit?: RateLimitOptions;
  /** When a drafter's acceptance collapses, drafting rests for a while. Default on; false for never. */
  readonly storm?: false | StormOptions;
}

const defaultFailures = 5;
const defaultRestMs = 30_000;

/** Failures that say something about the request, not about the model's health. */
const requestsOwn: ReadonlySet<ProviderErrorKind> = new Set(['bad-request', 'context-length', 'content-filter', 'rate-limit']);

/** Neither success nor failure to a closed breaker. */
const calledOff = new Error('called off');

type Breaker = ReturnType<PolicyLibrary['circuitBreaker']>;
type Bulkhead = ReturnType<PolicyLibrary['bulkhead']>;

/**
 * Breakers per provider and model, a bulkhead and a rate limit per provider, and the waits that providers ask for. The library is loaded at the
 * first call.
 */
export function createResilience(options: ResilienceOptions, clock: Clock, estimateTokens: (text: string) => number): Guard {
  const breakers = new Map<string, Breaker>();
  /** When a model that failed may be tried again, by the engine's clock. */
  const rests = new Map<string, number>();
  const bulkheads = new Map<string, Bulkhead>();
  const limits = new Map<string, RateLimit>();
  const pauses = new Map<string, number>();
  let library: PolicyLibrary | undefined;

  const admit = (tier: Tier, request: ModelRequest, signal: () => AbortSignal, lastResort: boolean): Admission | Promise<Admission> => {
    if (library) return decide(library, tier, request, signal, lastResort);
    return import('./policy-library.ts').then(({ policyLibrary }) => decide((library = policyLibrary), tier, request, signal, lastResort));
  };
  const decide = (parts: PolicyLibrary, tier: Tier, request: ModelRequest, signal: () => AbortSignal, lastResort: boolean): Admission | Promise<Admission> => {
    const { provider } = tier.info;
    const key = keyOf(tier);
    const pausedFor = (pauses.get(key) ?? 0) - clock.now();
    if (pausedFor > 0) return refuse(tier, 'rate-limit', `asked to be left alone for another ${Math.ceil(pausedFor)} ms`, pausedFor);
    const breaker = options.breaker === false ? undefined : find(breakers, key, () => openBreaker(parts, key, options.breaker || {}, (restMs) => rests.set(key, clock.now() + restMs)));
    if (breaker && breaker.state === parts.CircuitState.HalfOpen) return refuse(tier, 'breaker', 'is being tried again by another call');
    const isResting = breaker?.state === parts.CircuitState.Open && (rests.get(key) ?? 0) > clock.now();
    if (isResting && !lastResort) return refuse(tier, 'breaker', 'failed too often and is left alone for a while');
    // A breaker of our own that is open tries the model again when its time comes, whatever others say.
    const restsElsewhere = breaker?.state === parts.CircuitState.Closed && options.breaker && (options.breaker.board?.restOf(key) ?? 0) > 0;
    if (restsElsewhere && !lastResort) return refuse(tier, 'breaker', 'failed too often elsewhere and is left alone for a while');
    const limit = options.rateLimit && find(limits, provider, () => createRateLimit(options.rateLimit as RateLimitOptions, clock));
    const waitMs = limit?.take(estimateInput(request, estimateTokens) + (request.maxTokens ?? 0)) ?? 0;
    if (waitMs > 0) return refuse(tier, 'rate-limit', `has no room in its rate limit for ${Math.ceil(waitMs)} ms`, waitMs);
    const bulkhead = options.bulkhead && find(bulkheads, provider, () => openBulkhead(parts, options));
    const isHalfOpen = () => breaker?.state === parts.CircuitState.HalfOpen;
    if (!bulkhead) return letThrough(tier, () => {}, breaker, isHalfOpen);
    const entered = (leave: (() => void) | undefined): Admission =>
      leave ? letThrough(tier, leave, breaker, isHalfOpen) : refuse(tier, 'bulkhead', `has ${options.bulkhead?.calls} calls under way and nobody may wait`);
    const place = enter(bulkhead, signal);
    return place instanceof Promise ? place.then(entered) : entered(place);
  };
  const letThrough = (tier: Tier, leave: () => void, breaker: Breaker | undefined, isHalfOpen: () => boolean): Admission => {
    const report = breaker ? pass(breaker, isHalfOpen) : () => {};
    if (!report) {
      leave();
      return refuse(tier, 'breaker', 'failed too often and is left alone for a while');
    }
    return {
      release() {
        leave();
        report('unknown');
      },
      done(attempt) {
        leave();
        report(healthOf(attempt));
        const { error } = attempt;
        if (error instanceof ProviderError && error.retryAfterMs !== undefined) pauses.set(keyOf(tier), clock.now() + error.retryAfterMs);
      },
    };
  };
  return { admit };
}

function keyOf({ info }: Tier): string {
  return `${info.provider}/${info.name}`;
}

/** `unknown`: we ended the call before the model had said anything, which tells nothing about it. */
type Health = 'ok' | 'failed' | 'unknown';

function healthOf(attempt: Attempt): Health {
  const { error, status, firstMs } = attempt;
  if (error instanceof ProviderError) return requestsOwn.has(error.kind) ? 'ok' : 'failed';
  return status === 'ok' || firstMs !== undefined ? 'ok' : 'unknown';
}

function refuse(tier: Tier, policy: 'breaker' | 'bulkhead' | 'rate-limit', reason: string, retryAfterMs?: number): Admission {
  const { provider, name } = tier.info;
  const details = { kind: 'unavailable', provider, model: name, retryable: retryAfterMs !== undefined, ...(retryAfterMs !== undefined && { retryAfterMs }) } as const;
  return { refusal: { policy, error: new ProviderError(`${provider}/${name} ${reason}`, details) } };
}

/** Lets one call through the breaker, and returns how its end is to be reported; `undefined` when the breaker is open. */
function pass(breaker: Breaker, isHalfOpen: () => boolean): ((health: Health) => void) | undefined {
  let end: ((health: Health) => void) | undefined;
  const call = breaker.execute(
    () =>
      new Promise<void>((resolve, reject) => {
        // A probe that was called off proves nothing: the model stays left alone for another rest.
        end = (health) => (health === 'ok' ? resolve() : reject(health === 'unknown' && !isHalfOpen() ? calledOff : new Error(health)));
      }),
  );
  call.catch(() => {});
  return end;
}

/** Takes a free place at once, else waits for one if the bulkhead lets one wait; `undefined` when it is full. */
function enter(bulkhead: Bulkhead, signal: () => AbortSignal): (() => void) | Promise<(() => void) | undefined> {
  if (bulkhead.executionSlots <= 0) {
    return new Promise((resolve) => {
      bulkhead.execute(() => new Promise<void>((leave) => resolve(leave)), signal()).catch(() => resolve(undefined));
    });
  }
  let leave: () => void = () => {};
  void bulkhead.execute(() => new Promise<void>((resolve) => (leave = resolve)));
  return () => leave();
}

/** The library measures rests by the wall clock, which may be set back: so its own rest is over at once, and ours is told by `onRest`. */
function openBreaker(
  { circuitBreaker, ConsecutiveBreaker, handleWhen }: PolicyLibrary,
  key: string,
  { failures = defaultFailures, restMs = defaultRestMs, board }: BreakerOptions,
  onRest: (restMs: number) => void,
): Breaker {
  const breaker = circuitBreaker(handleWhen((error) => error !== calledOff), { breaker: new ConsecutiveBreaker(failures), halfOpenAfter: -Infinity });
  breaker.onBreak(() => {
    onRest(restMs);
    board?.report(key, restMs);
  });
  if (board) breaker.onReset(() => board.report(key, 0));
  return breaker;
}

function openBulkhead({ bulkhead }: PolicyLibrary, { bulkhead: size }: ResilienceOptions): Bulkhead {
  return bulkhead(size?.calls ?? Infinity, size?.waiting ?? 0);
}

function find<Value>(map: Map<string, Value>, key: string, create: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = create()));
  return value;
}
