import { type BreakerBoard, type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import type { BudgetOptions, BudgetRule } from './budget.ts';
import type { CacheOptions } from './cache.ts';
import { checkFunction, checkKeys, checkNumber, checkOneOf } from './check.ts';
import type { ObserveOptions } from './observe.ts';
import type { ResilienceOptions } from './resilience.ts';
import type { TraceOptions } from './trace-run.ts';

const resilienceKeys = new Set<string>(['breaker', 'bulkhead', 'rateLimit', 'storm'] satisfies (keyof ResilienceOptions)[]);

/** Checks breakers and limits. */
export function checkResilience(resilience: ResilienceOptions): void {
  const { breaker, bulkhead, rateLimit, storm } = resilience;
  checkKeys(resilience, 'resilience', resilienceKeys);
  if (breaker) {
    checkKeys(breaker, 'resilience.breaker', new Set(['failures', 'restMs', 'board']));
    checkNumber(breaker.failures, 'resilience.breaker.failures', { min: 1, whole: true });
    checkNumber(breaker.restMs, 'resilience.breaker.restMs', { above: 0 });
    if (breaker.board) checkFunction((breaker.board as Partial<BreakerBoard>).restOf, 'resilience.breaker.board.restOf');
  }
  if (bulkhead) {
    checkKeys(bulkhead, 'resilience.bulkhead', new Set(['calls', 'waiting']));
    checkNumber((bulkhead.calls as number | undefined) ?? NaN, 'resilience.bulkhead.calls', { min: 1, whole: true });
    checkNumber(bulkhead.waiting, 'resilience.bulkhead.waiting', { min: 0, whole: true });
  }
  if (rateLimit) {
    checkKeys(rateLimit, 'resilience.rateLimit', new Set(['requestsPerMinute', 'tokensPerMinute']));
    checkNumber(rateLimit.requestsPerMinute, 'resilience.rateLimit.requestsPerMinute', { above: 0 });
    checkNumber(rateLimit.tokensPerMinute, 'resilience.rateLimit.tokensPerMinute', { above: 0 });
  }
  if (storm) {
    checkKeys(storm, 'resilience.storm', new Set(['pauseMs']));
    checkNumber(storm.pauseMs, 'resilience.storm.pauseMs', { above: 0 });
  }
}

const budgetKeys = new Set<string>(['rules', 'store', 'onStoreFailure'] satisfies (keyof BudgetOptions)[]);
const ruleKeys = new Set<string>(['per', 'every', 'limit', 'atLimit', 'near'] satisfies (keyof BudgetRule)[]);

/** Checks ceilings on money. */
export function checkBudgets(budgets: BudgetOptions | undefined): void {
  if (budgets === undefined) return;
  checkKeys(budgets, 'budgets', budgetKeys);
  checkOneOf(budgets.onStoreFailure, 'budgets.onStoreFailure', ['open', 'closed']);
  if (!Array.isArray(budgets.rules) || budgets.rules.length === 0) throw new InvalidOptionsError('budgets.rules', 'give at least one rule, { per, limit }');
  budgets.rules.forEach((rule: BudgetRule, index) => {
    const path = `budgets.rules[${index}]`;
    checkKeys(rule, path, ruleKeys);
    checkOneOf(rule.per ?? 'missing', `${path}.per`, ['run', 'session', 'user', 'key', 'agent']);
    checkOneOf(rule.every, `${path}.every`, ['day', 'month']);
    checkNumber(rule.limit ?? NaN, `${path}.limit`, { min: 0 });
    checkOneOf(rule.atLimit, `${path}.atLimit`, ['stop', 'cheapest-only', 'warn']);
    if (rule.near === undefined) return;
    checkNumber(rule.near.share ?? NaN, `${path}.near.share`, { min: 0, max: 1 });
    checkOneOf(rule.near.then ?? 'missing', `${path}.near.then`, ['cheapest-only', 'warn']);
  });
}

const cacheKeys = new Set<string>(['store', 'ttlMs', 'semantic'] satisfies (keyof CacheOptions)[]);

/** Checks where answers are kept. */
export function checkCache(cache: CacheOptions | undefined): void {
  if (cache === undefined) return;
  checkKeys(cache, 'cache', cacheKeys);
  checkNumber(cache.ttlMs, 'cache.ttlMs', { above: 0 });
  if (cache.semantic === undefined) return;
  checkKeys(cache.semantic, 'cache.semantic', new Set(['embedder', 'minSimilarity']));
  checkNumber(cache.semantic.minSimilarity, 'cache.semantic.minSimilarity', { min: 0, max: 1 });
  if (typeof (cache.semantic.embedder as Embedder | undefined)?.embed !== 'function') throw new InvalidOptionsError('cache.semantic.embedder', 'expected an embedder, such as createEmbedder() of @cascadeflow/semantic');
}

/** Checks where runs are written down. */
export function checkTrace(trace: TraceOptions): void {
  checkKeys(trace, 'trace', new Set<string>(['write', 'prompts', 'answers', 'redact', 'onFailure'] satisfies (keyof TraceOptions)[]));
  checkFunction((trace.write as unknown) ?? null, 'trace.write');
  checkFunction(trace.redact, 'trace.redact');
  checkFunction(trace.onFailure, 'trace.onFailure');
}

/** Checks how an agent watches without serving. */
export function checkObserve(observe: ObserveOptions, names: ReadonlySet<string>): void {
  const { serve } = observe;
  checkKeys(observe, 'observe', new Set<string>(['serve', 'sample', 'concurrency', 'budget'] satisfies (keyof ObserveOptions)[]));
  checkNumber(observe.sample, 'observe.sample', { min: 0, max: 1 });
  checkNumber(observe.concurrency, 'observe.concurrency', { min: 1, whole: true });
  checkNumber(observe.budget, 'observe.budget', { min: 0 });
  if (serve === undefined || names.has(serve)) return;
  throw new InvalidOptionsError('observe.serve', `no model of that name; configured are ${[...names].join(', ')}`);
}
