import assert from 'node:assert/strict';
import type { ModelInfo, Route, Router, RouterInput } from '@cascadeflow/contract';
import { sampleModels, sampleRequests } from './samples.ts';
import { type ConformanceCheck, deepFreeze, runSuite, type Skips, type TestRunner } from './suite.ts';

type OpenRouter = () => Router | Promise<Router>;

function toInput(changes: Partial<RouterInput> = {}): RouterInput {
  return deepFreeze({ request: sampleRequests.short!, models: sampleModels, target: 'balanced', secondOpinion: 'auto', ...changes });
}

function assertSound(route: Route, input: RouterInput): void {
  const inUnit = (value: number, what: string): void => assert.ok(value >= 0 && value <= 1, `${what} must lie between 0 and 1, is ${value}`);
  inUnit(route.complexity.confidence, 'complexity.confidence');
  inUnit(route.domain.confidence, 'domain.confidence');
  const { plan } = route;
  if (plan.minProbability !== undefined) inUnit(plan.minProbability, 'plan.minProbability');
  if (plan.acceptChance !== undefined) inUnit(plan.acceptChance, 'plan.acceptChance');
  assert.ok(plan.tiers.length > 0, 'a plan is never empty');
  assert.deepEqual([...new Set(plan.tiers)], plan.tiers, 'no tier comes twice');
  for (const tier of plan.tiers) assert.ok(input.models.some((model) => model.tier === tier), `tier ${tier} is not configured`);
  for (const { model, reason } of plan.excluded) {
    const info = input.models.find((one) => one.name === model);
    assert.ok(info !== undefined, `the excluded model ${model} is not configured`);
    assert.ok(!plan.tiers.includes(info.tier), `${model} is both excluded and planned`);
    assert.ok(reason.trim() !== '', `the exclusion of ${model} needs its reason`);
  }
  assert.ok(plan.start === 'draft' || plan.start === 'direct', 'plan.start');
  assert.ok(route.reasons.length > 0 && route.reasons.every((reason) => reason.trim() !== ''), 'a route says why');
  assert.deepEqual(JSON.parse(JSON.stringify(route)), route, 'a route is plain JSON');
}

async function routeOne(open: OpenRouter, changes?: Partial<RouterInput>): Promise<Route | undefined> {
  const input = toInput(changes);
  const route = await (await open())(input);
  if (route !== undefined) assertSound(route, input);
  return route;
}

/** The sample models, the cheap one unable. */
function without(ability: Partial<ModelInfo['capabilities']>): readonly ModelInfo[] {
  return sampleModels.map((model) => (model.tier === 0 ? { ...model, capabilities: { ...model.capabilities, ...ability } } : model));
}

const checks = {
  sound: {
    promise: 'gives a sound route for every kind of request, or passes',
    async run(open) {
      for (const request of Object.values(sampleRequests)) await routeOne(open, { request });
    },
  },
  'one-model': {
    promise: 'plans with a single model',
    async run(open) {
      const route = await routeOne(open, { models: sampleModels.slice(0, 1) });
      if (route !== undefined) assert.deepEqual(route.plan.tiers, [0]);
    },
  },
  able: {
    promise: 'leaves out models that cannot do what is asked, where others can',
    async run(open) {
      const cases = [
        { request: sampleRequests.picture!, models: without({ vision: false }) },
        { request: sampleRequests.tools!, models: without({ tools: false }) },
        { request: sampleRequests.json!, models: without({ json: false }) },
        { request: sampleRequests.long!, models: without({ contextWindow: 1000 }) },
      ];
      for (const changes of cases) {
        const route = await routeOne(open, changes);
        if (route !== undefined) assert.deepEqual(route.plan.tiers, [1], 'only the able model may be planned');
      }
    },
  },
  opinions: {
    promise: 'only narrows the second opinion that was asked for',
    async run(open) {
      for (const request of Object.values(sampleRequests)) {
        const off = await routeOne(open, { request, secondOpinion: 'off' });
        if (off !== undefined) assert.equal(off.plan.secondOpinion, 'off');
        const auto = await routeOne(open, { request, secondOpinion: 'auto' });
        if (auto !== undefined) assert.notEqual(auto.plan.secondOpinion, 'always');
      }
    },
  },
  repeatable: {
    promise: 'routes the same request the same way',
    async run(open) {
      const router = await open();
      assert.deepEqual(await router(toInput()), await router(toInput()));
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenRouter> };

/** Names of the checks on a router. */
export type RouterCheck = keyof typeof checks;

/** Tests that a router keeps the contract: sound plans, only able models, or `undefined` for requests that are not its own. */
export function routerConformance(
  runner: TestRunner,
  options: { readonly name: string; readonly open: OpenRouter; readonly skip?: Skips<RouterCheck> },
): void {
  runSuite<OpenRouter, RouterCheck>(runner, `${options.name} keeps the router contract`, checks, options.open, options.skip);
}
