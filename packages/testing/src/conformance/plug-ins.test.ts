import type { BudgetState, BudgetStore, Embedder, Judge, JudgeInput, KeyValueStore, Router, Verdict } from '@cascadeflow/contract';
import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import { hashedVector } from '../stub/hashed-vector.ts';
import { budgetStoreConformance } from './budget-store.ts';
import { collectRunner } from './runner-doubles.ts';
import { embedderConformance } from './embedder.ts';
import { judgeConformance } from './judge.ts';
import { keyValueStoreConformance } from './key-value-store.ts';
import { routerConformance } from './router.ts';

/** The smallest judge that keeps the contract. */
const plainJudge: Judge = ({ request, draft, target, minProbability, opinions }: JudgeInput): Verdict => {
  const bars = { economy: 0.4, balanced: 0.6, strict: 0.8 } as const;
  const own = typeof target === 'string' ? bars[target] : 'minProbability' in target ? target.minProbability : 0.6;
  const threshold = minProbability ?? own;
  const known = draft.toolCalls.every((call) => request.tools?.some((tool) => tool.name === call.name));
  const usable = draft.complete && ['stop', 'tool-calls'].includes(draft.finishReason.unified) && (draft.content.trim() !== '' || draft.toolCalls.length > 0);
  const veto = !usable ? 'not a whole answer' : !known ? 'unknown tool' : undefined;
  const agreement = opinions && opinions.filter((opinion) => opinion.content === draft.content).length / opinions.length;
  const probability = agreement === undefined ? 0.7 : 0.5 + agreement / 2;
  return {
    accept: veto === undefined && probability >= threshold,
    probability,
    threshold,
    signals: [{ name: 'length', value: draft.content.length, weight: 0 }],
    reason: veto ?? 'looks whole',
    ...(veto !== undefined && { veto }),
    ...(agreement !== undefined && { agreement }),
  };
};

const plainRouter: Router = ({ request, models, secondOpinion }) => {
  const picture = request.messages.some((message) => typeof message.content !== 'string' && message.content.some((part) => (part.type as string) === 'image'));
  const size = JSON.stringify(request.messages).length / 4;
  const able = models.filter(
    ({ capabilities }) =>
      !(picture && capabilities.vision === false) &&
      !(request.tools && capabilities.tools === false) &&
      !(request.responseFormat && capabilities.json === false) &&
      size < (capabilities.contextWindow ?? Infinity),
  );
  return {
    complexity: { label: 'unknown', confidence: 0 },
    domain: { label: 'general', confidence: 0.5 },
    plan: {
      tiers: able.map((model) => model.tier),
      start: 'draft',
      secondOpinion,
      excluded: models.filter((model) => !able.includes(model)).map((model) => ({ model: model.name, reason: 'not able' })),
    },
    reasons: ['cheapest first'],
  };
};

const plainEmbedder: Embedder = {
  contract: 'v1',
  id: 'hashed',
  dimensions: 128,
  embed: async (texts, options) => {
    options?.signal?.throwIfAborted();
    return texts.map((text) => {
      const known = hashedVector(text, 128);
      if (text.trim() !== '' && known.every((value) => value === 0)) known[0] = 1;
      return known;
    });
  },
};

function plainStore(): KeyValueStore {
  const values = new Map<string, { readonly json: string; readonly due: number }>();
  return {
    async get(key) {
      const entry = values.get(key);
      return entry === undefined || entry.due <= Date.now() ? undefined : (JSON.parse(entry.json) as unknown);
    },
    async set(key, value, options) {
      values.set(key, { json: JSON.stringify(value), due: options?.ttlMs === undefined ? Infinity : Date.now() + options.ttlMs });
    },
    async delete(key) {
      values.delete(key);
    },
  };
}

function plainBudget(options: { readonly racy?: boolean } = {}): BudgetStore {
  const purses = new Map<string, { spent: number; reserved: number }>();
  const open = new Map<string, number>();
  const purse = (key: string): { spent: number; reserved: number } => {
    const known = purses.get(key) ?? { spent: 0, reserved: 0 };
    purses.set(key, known);
    return known;
  };
  const states = (keys: readonly { key: string }[]): BudgetState[] => keys.map(({ key }) => ({ ...purse(key) }));
  return {
    async reserve(id, scopes, amount) {
      const full = scopes.find(({ key, limit }) => purse(key).spent + purse(key).reserved > limit - amount);
      if (options.racy === true) await Promise.resolve();
      if (full !== undefined) return { ok: false, scope: full.key, states: states(scopes) };
      open.set(id, amount);
      for (const { key } of scopes) purse(key).reserved += amount;
      return { ok: true, states: states(scopes) };
    },
    async settle(id, scopes, spent) {
      const amount = open.get(id);
      if (amount === undefined) return;
      open.delete(id);
      for (const { key } of scopes) {
        purse(key).reserved -= amount;
        purse(key).spent += spent;
      }
    },
    read: async (key) => ({ ...purse(key) }),
  };
}

judgeConformance(vitest, { name: 'a plain judge', open: () => plainJudge });
routerConformance(vitest, { name: 'a plain router', open: () => plainRouter });
embedderConformance(vitest, { name: 'a hashed embedder', open: () => plainEmbedder });
keyValueStoreConformance(vitest, { name: 'a plain store', open: () => ({ store: plainStore() }) });
budgetStoreConformance(vitest, { name: 'a plain budget', open: () => plainBudget() });

describe('the suites find what is broken', () => {
  it('in judges', async () => {
    const yes: Judge = (input) => ({ ...plainJudge(input) as Verdict, accept: true });
    const careless = collectRunner();
    judgeConformance(careless.runner, { name: 'yes', open: () => yes });
    expect(await careless.failures()).toEqual(expect.arrayContaining(['sound', 'unusable', 'tool-calls']));

    const sure: Judge = (input) => ({ ...plainJudge(input) as Verdict, probability: NaN, threshold: 0.5 });
    const unsound = collectRunner();
    judgeConformance(unsound.runner, { name: 'NaN', open: () => sure });
    expect(await unsound.failures()).toEqual(expect.arrayContaining(['sound', 'strange', 'own-bar']));
  });

  it('in routers', async () => {
    const { runner, failures } = collectRunner();
    const blind: Router = (input) => ({ ...plainRouter(input) as object, plan: { tiers: [0, 1], start: 'draft', secondOpinion: 'always', excluded: [] } }) as never;
    routerConformance(runner, { name: 'blind', open: () => blind });
    expect((await failures()).sort()).toEqual(['able', 'one-model', 'opinions']);
  });

  it('in embedders', async () => {
    const { runner, failures } = collectRunner();
    const long: Embedder = { ...plainEmbedder, embed: async (texts) => texts.map((text) => new Float32Array(128).fill(text === '' ? NaN : 1)) };
    embedderConformance(runner, { name: 'long', open: () => long });
    expect(await failures()).toEqual(expect.arrayContaining(['unit', 'empty', 'meaning', 'abort']));
  });

  it('in key-value stores', async () => {
    const { runner, failures } = collectRunner();
    const open = (): { store: KeyValueStore } => {
      const values: { [key: string]: unknown } = {};
      return {
        store: {
          get: async (key) => values[key],
          set: async (key, value) => void (values[key] = value),
          delete: async () => {},
        },
      };
    };
    keyValueStoreConformance(runner, { name: 'an object', open });
    expect((await failures()).sort()).toEqual(['copies', 'delete', 'keys', 'ttl']);
  });

  it('in budget stores', async () => {
    const { runner, failures } = collectRunner();
    budgetStoreConformance(runner, { name: 'racy', open: () => plainBudget({ racy: true }) });
    expect(await failures()).toEqual(['concurrent']);
  });
});
