import { openai } from '@cascadeflow/providers-openai';
import { httpChaos, scriptedChaos } from '@cascadeflow/testing';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { plainRouter, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';

/** `pnpm bench chaos` does ten times as much. */
const scriptedRuns = 10_000;
const httpRuns = 500;

// An unhandled rejection anywhere fails the whole file.

it(`through ${scriptedRuns} runs of random faults, clock jumps and aborts, every run ends in time, with a result or a typed error, and no money is lost`, async () => {
  const report = await scriptedChaos({
    runs: scriptedRuns,
    seed: 8,
    open({ models, clock, random, onEvent, limit }) {
      const store = createMemoryBudgetStore(clock);
      const agent = new CascadeAgent({
        judge: wordJudge,
        router: plainRouter,
        clock,
        random,
        onEvent,
        silenceMs: 1500,
        budgets: { rules: [{ per: 'agent', limit }], store },
        models: models.map((model, tier) => ({ name: model.id, model, cost: { input: 0.15 * 7 ** tier, output: 0.61 * 7 ** tier } })),
      });
      return { agent, store };
    },
  });
  expect(report.violations.slice(0, 5)).toEqual([]);
  expect(report.answered).toBeGreaterThan(scriptedRuns / 3);
  expect(Object.keys(report.failed).sort()).toEqual(['aborted', 'all-models-failed', 'budget-exceeded', 'deadline-exceeded']);
  expect(Object.keys(report.faults)).toHaveLength(9);
}, 300_000);

it(`the same over HTTP, ${httpRuns} runs`, async () => {
  const report = await httpChaos({
    runs: httpRuns,
    seed: 8,
    open({ baseURLs, fetch, silenceMs, onEvent, limit }) {
      const store = createMemoryBudgetStore();
      const agent = new CascadeAgent({
        judge: wordJudge,
        router: plainRouter,
        onEvent,
        silenceMs,
        retries: 1,
        resilience: { breaker: { failures: 8, restMs: 200 } },
        budgets: { rules: [{ per: 'agent', limit }], store },
        providers: baseURLs.map((baseURL, tier) => openai({ id: `p${tier}`, apiKey: 'key', client: new OpenAI({ apiKey: 'key', baseURL, fetch, maxRetries: 0 }) })),
        models: baseURLs.map((_, tier) => ({ name: `m${tier}`, provider: `p${tier}`, cost: { input: 0.15 * 7 ** tier, output: 0.61 * 7 ** tier } })),
      });
      return { agent, store };
    },
  });
  expect(report.violations.slice(0, 5)).toEqual([]);
  expect(report.answered).toBeGreaterThan(httpRuns / 10);
  expect(Object.keys(report.faults).length).toBeGreaterThanOrEqual(9);
}, 300_000);
