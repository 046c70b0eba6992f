/** What all policies cost together when nothing goes wrong: breakers, limits, budgets, retries, deadline, storm watch, ledger. */
import { type AgentOptions, CascadeAgent, createLedgerBook } from '@cascadeflow/core';
import { repeatingModel } from '@cascadeflow/testing';
import type { BenchContext } from './bench.ts';
import { timePair } from './timing.ts';

const runs = 20_000;
/** Runs of each before the clock counts: the compiler works on some of a run's code for ten thousand runs. */
const warmUp = 10_000;
const prompt = 'What is the capital of Australia?';
const answer = 'The capital of Australia is Canberra, which became the seat of government in 1927.';

/** An agent over instant models that takes the first draft: the good path. */
function agentWith(options: Partial<AgentOptions>): CascadeAgent {
  const named = (id: string) => repeatingModel(() => answer, { id });
  return new CascadeAgent({
    models: [{ name: 'small', model: named('small'), cost: { input: 0.15, output: 0.6 } }, { name: 'large', model: named('large'), cost: { input: 2.5, output: 10 } }],
    quality: { minProbability: 0 },
    ...options,
  });
}

export async function bench({ report }: BenchContext): Promise<void> {
  const bare = agentWith({ resilience: false, retries: 0 });
  const variants: readonly (readonly [name: string, options: Partial<AgentOptions>])[] = [
    ['breakers and storm watch (the default)', {}],
    ['and bulkhead and rate limits', { resilience: { bulkhead: { calls: 100, waiting: 100 }, rateLimit: { requestsPerMinute: 1e9, tokensPerMinute: 1e12 } } }],
    ['budgets of agent, user and day', { resilience: false, budgets: { rules: [{ per: 'agent', limit: 1e6 }, { per: 'user', limit: 1e6, every: 'day' }] } }],
    ['a deadline', { resilience: false, deadlineMs: 60_000 }],
    ['the ledger', { resilience: false, onEvent: createLedgerBook().add }],
  ];
  for (const [name, options] of variants) {
    const agent = agentWith(options);
    const pair = await timePair(() => agent.run(prompt, { user: 'ann' }), () => bare.run(prompt, { user: 'ann' }), { runs: runs / 4, warmUp });
    report.figure({ name, value: pair.difference.p50, unit: 'ms', n: runs / 4, interval: pair.differenceInterval });
  }
  const all = agentWith({ ...Object.assign({}, ...variants.map(([, options]) => options)), resilience: variants[1]?.[1].resilience as NonNullable<AgentOptions['resilience']> });
  const pair = await timePair(() => all.run(prompt, { user: 'ann' }), () => bare.run(prompt, { user: 'ann' }), { runs, warmUp });
  report.figure({ name: 'run without policies, p50', value: pair.second.p50, unit: 'ms', n: runs });
  report.figure({ name: 'run with all policies, p50', value: pair.first.p50, unit: 'ms', n: runs });
  report.target('all policies together, p50 per run', pair.difference.p50, { atMost: 0.03 }, { unit: 'ms', n: runs, interval: pair.differenceInterval });
}
