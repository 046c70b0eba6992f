import type { Judge, Router, Verdict } from '@cascadeflow/contract';
import { scriptedModel, type ScriptStep } from '@cascadeflow/testing';
import { CascadeAgent } from './agent.ts';
import type { AgentOptions } from './options.ts';

/** A judge for tests: texts that begin with "good" are 0.95, with "doubtful" 0.5 and in want of an opinion, all others 0.1. */
export const wordJudge: Judge = ({ draft, opinions }): Verdict => {
  const agrees = opinions?.some((opinion) => opinion.content === draft.content) === true;
  const probability = draft.content.startsWith('good') || agrees ? 0.95 : draft.content.startsWith('doubtful') ? 0.5 : 0.1;
  return {
    accept: probability >= 0.8,
    probability,
    threshold: 0.8,
    signals: [{ name: 'word', value: probability, weight: 1 }],
    reason: 'by its first word',
    ...(draft.content === '' && draft.toolCalls.length === 0 && { veto: 'the answer is empty' }),
    wantsOpinion: probability === 0.5 && !opinions,
  };
};

/** A router for tests: every model, cheapest first. */
export const plainRouter: Router = ({ models, secondOpinion }) => ({
  complexity: { label: 'simple', confidence: 0.9 },
  domain: { label: 'general', confidence: 0.8 },
  plan: { tiers: models.map((model) => model.tier), start: models.length > 1 ? 'draft' : 'direct', secondOpinion, excluded: [] },
  reasons: ['test'],
});

/** An agent over scripted models named m0, m1 … with prices of 1, 10, 100 USD per 1M tokens. */
export function scriptedAgent(scripts: readonly (readonly (ScriptStep | string)[])[], options: Partial<AgentOptions> = {}) {
  const models = scripts.map((script, index) =>
    scriptedModel(script, { provider: 'scripted', id: `m${index}`, ...(options.clock && { clock: options.clock }) }),
  );
  const agent = new CascadeAgent({
    judge: wordJudge,
    router: plainRouter,
    ...options,
    models: models.map((model, index) => ({ name: model.id, model, cost: { input: 10 ** index, output: 10 ** index } })),
  });
  return { agent, models, done: () => models.forEach((model) => model.done()) };
}
