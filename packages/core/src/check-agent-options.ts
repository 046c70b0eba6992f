import { InvalidOptionsError, type CostSpec, type LongPromptRates, type Price, type Rates } from '@cascadeflow/contract';
import { checkFunction, checkKeys, checkNumber, checkOneOf, checkText, describe } from './check.ts';
import { checkBudgets, checkCache, checkObserve, checkResilience, checkTrace } from './check-policies.ts';
import { checkShared } from './check-shared.ts';
import type { AgentOptions, ModelConfig } from './options.ts';

const agentKeys = new Set<string>([
  'models', 'providers', 'order', 'quality', 'secondOpinion', 'release', 'speculation', 'latency', 'latencyValue', 'speculationBudget', 'system', 'deadlineMs', 'silenceMs', 'retries', 'resilience', 'budgets', 'cache', 'judge',
  'router', 'progress', 'embedder', 'estimateTokens', 'clock', 'random', 'calibration', 'trace', 'mode', 'observe', 'onEvent',
] satisfies (keyof AgentOptions)[]);
const modelKeys = new Set<string>([
  'name', 'provider', 'model', 'cost', 'speed', 'quality', 'domains', 'maxTokens', 'contextWindow', 'supports', 'parameters', 'fallbacks',
] satisfies (keyof ModelConfig)[]);
const supportKeys = new Set(['tools', 'json', 'vision', 'logprobs']);
const parameterKeys = new Set(['temperature', 'topP', 'reasoningEffort', 'seed', 'stop', 'extra']);
const rateKeys = ['input', 'output', 'cachedInput', 'cacheWrite', 'cacheWriteHour', 'reasoning'] as const satisfies (keyof Rates)[];
const priceKeys = new Set<string>([...rateKeys, 'longPrompt', 'perRequest', 'asOf', 'source'] satisfies (keyof Price)[]);
const longPromptKeys = new Set<string>([...rateKeys, 'above'] satisfies (keyof LongPromptRates)[]);

/**
 * Checks an agent's options, once.
 * @throws InvalidOptionsError naming the path of the bad field and the fix.
 */
export function checkAgentOptions(options: AgentOptions): void {
  checkKeys(options, '', agentKeys);
  if (!Array.isArray(options.models) || options.models.length === 0) {
    throw new InvalidOptionsError('models', 'give at least one model, { name, provider, cost }');
  }
  const names = new Set<string>();
  options.models.forEach((model: ModelConfig, index) => {
    checkModel(model, `models[${index}]`);
    if (names.has(model.name)) throw new InvalidOptionsError(`models[${index}].name`, `two models are named ${describe(model.name)}; names must differ`);
    names.add(model.name);
  });
  options.models.forEach((model: ModelConfig, index) => checkFallbacks(model, `models[${index}].fallbacks`, names));
  checkProviders(options);
  checkShared(options as unknown as Record<string, unknown>);
  if (options.resilience) checkResilience(options.resilience);
  checkBudgets(options.budgets);
  checkCache(options.cache);
  checkOneOf(options.mode, 'mode', ['serve', 'observe']);
  if (options.trace) checkTrace(options.trace);
  if (options.observe) checkObserve(options.observe, names);
  checkOneOf(options.order, 'order', ['cost', 'given']);
  checkNumber(options.silenceMs, 'silenceMs', { above: 0 });
  if (options.latency !== undefined) for (const method of ['record', 'waited', 'total', 'firstToken', 'outputTokens', 'failureRate'] as const) checkFunction(options.latency[method] ?? null, `latency.${method}`);
  checkNumber(options.latencyValue, 'latencyValue', { min: 0 });
  checkNumber(options.speculationBudget, 'speculationBudget', { min: 0 });
  checkNumber(options.retries, 'retries', { min: 0, max: 10, whole: true });
  for (const key of ['judge', 'router', 'progress', 'estimateTokens', 'random', 'onEvent'] as const) checkFunction(options[key], key);
  if (typeof options.secondOpinion === 'object' && options.secondOpinion.judgeModel !== undefined && !names.has(options.secondOpinion.judgeModel)) {
    throw new InvalidOptionsError('secondOpinion.judgeModel', `no model of that name; configured are ${[...names].join(', ')}`);
  }
}

function checkModel(model: ModelConfig, path: string): void {
  checkKeys(model, path, modelKeys);
  checkText(model.name, `${path}.name`);
  if ((model.provider === undefined) === (model.model === undefined)) {
    throw new InvalidOptionsError(`${path}.provider`, 'give the id of a provider, a provider object, or a ready-made model as `model` (one of them)');
  }
  if (model.cost !== undefined) checkCost(model.cost, `${path}.cost`);
  checkNumber(model.speed, `${path}.speed`, { above: 0 });
  checkNumber(model.quality, `${path}.quality`, { min: 0, max: 1 });
  checkNumber(model.maxTokens, `${path}.maxTokens`, { min: 1, whole: true });
  checkNumber(model.contextWindow, `${path}.contextWindow`, { min: 1, whole: true });
  if (model.supports !== undefined) checkKeys(model.supports, `${path}.supports`, supportKeys);
  if (model.parameters !== undefined) {
    checkKeys(model.parameters, `${path}.parameters`, parameterKeys);
    checkNumber(model.parameters.temperature, `${path}.parameters.temperature`, { min: 0, max: 2 });
    checkNumber(model.parameters.topP, `${path}.parameters.topP`, { above: 0, max: 1 });
  }
}

function checkCost(cost: CostSpec, path: string): void {
  if (typeof cost === 'number') return checkNumber(cost, path, { min: 0, max: Number.MAX_VALUE });
  checkKeys(cost, path, priceKeys);
  checkRates(cost, path);
  checkNumber(cost.perRequest, `${path}.perRequest`, { min: 0 });
  if (cost.longPrompt === undefined) return;
  checkKeys(cost.longPrompt, `${path}.longPrompt`, longPromptKeys);
  checkRates(cost.longPrompt, `${path}.longPrompt`);
  if (cost.longPrompt.above === undefined) throw new InvalidOptionsError(`${path}.longPrompt.above`, 'missing; prompt tokens beyond which these rates hold');
  checkNumber(cost.longPrompt.above, `${path}.longPrompt.above`, { min: 1, whole: true });
}

function checkRates(rates: Rates, path: string): void {
  checkRequired(rates.input, `${path}.input`);
  checkRequired(rates.output, `${path}.output`);
  for (const kind of ['cachedInput', 'cacheWrite', 'cacheWriteHour', 'reasoning'] as const) checkNumber(rates[kind], `${path}.${kind}`, { min: 0 });
}

function checkRequired(value: unknown, path: string): void {
  if (value === undefined) throw new InvalidOptionsError(path, 'missing; USD per 1M tokens');
  checkNumber(value, path, { min: 0, max: Number.MAX_VALUE });
}

function checkFallbacks(model: ModelConfig, path: string, names: ReadonlySet<string>): void {
  for (const name of model.fallbacks ?? []) {
    if (name === model.name) throw new InvalidOptionsError(path, 'a model cannot stand in for itself');
    if (!names.has(name)) throw new InvalidOptionsError(path, `no model named ${describe(name)}; configured are ${[...names].join(', ')}`);
  }
}

function checkProviders(options: AgentOptions): void {
  const ids = new Set<string>();
  (options.providers ?? []).forEach((provider, index) => {
    if (typeof provider?.id !== 'string' || typeof provider.model !== 'function') {
      throw new InvalidOptionsError(`providers[${index}]`, 'expected a provider such as openai({ apiKey })');
    }
    if (ids.has(provider.id)) throw new InvalidOptionsError(`providers[${index}]`, `two providers have the id ${describe(provider.id)}; give one of them another id`);
    ids.add(provider.id);
  });
  options.models.forEach((model, index) => {
    if (typeof model.provider !== 'string' || ids.has(model.provider)) return;
    const known = ids.size === 0 ? 'providers is empty' : `known are ${[...ids].join(', ')}`;
    throw new InvalidOptionsError(`models[${index}].provider`, `no provider with the id ${describe(model.provider)}; ${known}`);
  });
}
