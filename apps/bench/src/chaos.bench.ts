/** Random faults, clock jumps and aborts: 100,000 runs against scripted models, 5,000 over HTTP. */
import type { CascadeEvent, Judge, ModelInfo } from '@cascadeflow/contract';
import { type AgentOptions, CascadeAgent, createMemoryBudgetStore } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { type ChaosReport, type ChaosSubject, httpChaos, scriptedChaos } from '@cascadeflow/testing';
import OpenAI from 'openai';
import type { BenchContext } from './bench.ts';
import type { Report } from './report.ts';

const scriptedRuns = 100_000;
const httpRuns = 5000;
const seed = 1;

/** Accepts by the first word, so that drafts are accepted, doubted and turned down. */
const judge: Judge = ({ draft }) => {
  const probability = draft.content.startsWith('good') ? 0.95 : draft.content.startsWith('doubtful') ? 0.5 : 0.1;
  return { accept: probability > 0.8, probability, threshold: 0.8, signals: [], reason: 'by its first word', wantsOpinion: probability === 0.5, ...(draft.content === '' && { veto: 'the answer is empty' }) };
};

/** Every model, cheapest first. */
function router({ models, secondOpinion }: { readonly models: readonly ModelInfo[]; readonly secondOpinion: 'off' | 'auto' | 'always' }) {
  return {
    complexity: { label: 'simple', confidence: 0.9 },
    domain: { label: 'general', confidence: 0.9 },
    plan: { tiers: models.map((model) => model.tier), start: 'draft', secondOpinion, excluded: [] },
    reasons: ['chaos'],
  } as const;
}

function subject(limit: number, onEvent: (event: CascadeEvent) => void, options: Pick<AgentOptions, 'models'> & Partial<AgentOptions>): ChaosSubject {
  const store = createMemoryBudgetStore(options.clock);
  return { store, agent: new CascadeAgent({ judge, router, onEvent, budgets: { rules: [{ per: 'agent', limit }], store }, ...options }) };
}

const costOf = (tier: number) => ({ input: 0.15 * 7 ** tier, output: 0.61 * 7 ** tier });

export async function bench({ report }: BenchContext): Promise<void> {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);

  const scripted = await scriptedChaos({
    runs: scriptedRuns,
    seed,
    open: ({ models, clock, random, onEvent, limit }) =>
      subject(limit, onEvent, { clock, random, silenceMs: 1500, models: models.map((model, tier) => ({ name: model.id, model, cost: costOf(tier) })) }),
  });
  tell(report, 'scripted', scripted);

  const http = await httpChaos({
    runs: httpRuns,
    seed,
    open: ({ baseURLs, fetch, silenceMs, onEvent, limit }) =>
      subject(limit, onEvent, {
        silenceMs,
        retries: 1,
        resilience: { breaker: { failures: 8, restMs: 200 } },
        providers: baseURLs.map((baseURL, tier) => openai({ id: `p${tier}`, apiKey: 'key', client: new OpenAI({ apiKey: 'key', baseURL, fetch, maxRetries: 0 }) })),
        models: baseURLs.map((_, tier) => ({ name: `m${tier}`, provider: `p${tier}`, cost: costOf(tier) })),
      }),
  });
  tell(report, 'http', http);
  report.figure({ name: 'http: worst lateness of the machine', value: http.machineLateMs, unit: 'ms' });

  await new Promise((resolve) => setTimeout(resolve, 100));
  process.off('unhandledRejection', note);
  report.target('scripted: broken promises', scripted.violations.length, { atMost: 0 }, { n: scripted.runs });
  report.target('http: broken promises', http.violations.length, { atMost: 0 }, { n: http.runs });
  report.target('scripted: latest end after its deadline', scripted.latestMs, { atMost: 50 }, { unit: 'ms', n: scripted.runs });
  report.target('unhandled rejections', unhandled.length, { atMost: 0 });
}

function tell(report: Report, name: string, counts: ChaosReport): void {
  report.figure({ name: `${name}: runs`, value: counts.runs });
  report.figure({ name: `${name}: answered`, value: counts.answered });
  report.figure({ name: `${name}: of these degraded`, value: counts.degraded });
  report.figure({ name: `${name}: calls`, value: counts.calls });
  for (const [code, count] of Object.entries(counts.failed)) report.figure({ name: `${name}: failed, ${code}`, value: count });
  for (const [fault, count] of Object.entries(counts.faults)) report.figure({ name: `${name}: fault ${fault}`, value: count });
  for (const violation of counts.violations.slice(0, 10)) report.note(`${name}: ${violation}`);
}
