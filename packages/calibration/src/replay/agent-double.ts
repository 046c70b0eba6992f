import type { AttemptReport, CascadeResult, Draft, Trace, Verdict } from '@cascadeflow/contract';
import { createRandom } from '../interval/random.ts';
import type { CreateAgent } from './replay-agent.ts';

/** For tests of this package alone, which may not know the engine: tiers in order, a draft judged with those before it as opinions, and the last answer judged without consequence. */
export const plainAgent: CreateAgent = ({ models, judge }) => ({
  async run(messages) {
    const attempts: Partial<AttemptReport>[] = [];
    const drafts: Draft[] = [];
    for (const [tier, { name, model, cost }] of models.entries()) {
      let content = '';
      let spent: number | undefined;
      for await (const event of model.stream({ messages })) {
        if (event.type === 'text-delta') content += event.text;
        if (event.type === 'end') spent = event.reportedCost;
      }
      attempts.push({ model: name, tier, ...(spent !== undefined && { cost: spent }) });
      const draft: Draft = { provider: 'p', model: name, tier, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
      const done = { modelUsed: name, attempts, domain: 'general', complexity: 'simple', degraded: false, content } as unknown as CascadeResult;
      const info = { name, provider: 'p', tier, capabilities: {}, ...(cost !== undefined && { price: cost }) };
      const isLast = tier === models.length - 1;
      const escalation = { model: { name: models.at(-1)?.name ?? '', provider: 'p', tier: models.length - 1, capabilities: {} } };
      const opinions = [...drafts];
      const verdict = await judge({ request: { messages }, draft, model: info, target: 'balanced', ...(!isLast && { escalation }), canAskOpinion: tier < models.length - 2, ...(opinions.length > 0 && { opinions }) });
      if (isLast || verdict.accept) return done;
      drafts.push(draft);
    }
    throw new Error('no models');
  },
});

/** Says the number that a draft begins with, `0.83 …`; with opinions, whether their second words are equal. */
export function readingJudge(threshold: number = 0.5) {
  return ({ draft, opinions }: { readonly draft: Draft; readonly opinions?: readonly Draft[] }): Verdict => {
    const [said = '0.5', word] = draft.content.split(' ');
    const agrees = opinions?.every((opinion) => opinion.content.split(' ')[1] === word);
    const probability = agrees === undefined ? Number(said) : agrees ? 0.95 : 0.1;
    return { accept: probability >= threshold, probability, threshold, signals: [], reason: 'read', ...(agrees !== undefined && { agreement: agrees ? 1 : 0 }) };
  };
}

/** How a model of {@link madeTraces} behaves. */
export interface MadeModel {
  readonly name: string;
  /** Chance of a good answer on an easy question and on a hard one. */
  readonly easy: number;
  readonly hard: number;
  /** USD per answer. */
  readonly cost: number;
  /** How much its stated probability knows, 0 nothing to 1 everything. */
  readonly insight?: number;
}

/** Traces of models with known habits; half of the questions are hard. */
export function madeTraces(n: number, models: readonly MadeModel[], seed: number = 1): Trace[] {
  const random = createRandom(seed);
  return Array.from({ length: n }, (_, index) => {
    const isHard = random() < 0.5;
    return {
      version: 1,
      runId: `run-${index}`,
      time: `2026-01-01T00:00:${String(index % 60).padStart(2, '0')}Z`,
      mode: 'record',
      request: { messages: [{ role: 'user', content: `question ${index}` }] },
      requestHash: `question ${index}`,
      models: [],
      target: 'balanced',
      answers: models.map(({ name, easy, hard, cost, insight = 0 }, tier) => {
        const isGood = random() < (isHard ? hard : easy);
        const said = (1 - insight) * random() + insight * (isGood ? 1 : 0);
        const word = isGood ? 'right' : `wrong${Math.floor(random() * 5)}`;
        return { provider: 'p', model: name, tier, content: `${said.toFixed(4)} ${word}`, cost, latencyMs: 10, label: { score: isGood ? 1 : 0, source: 'gold' } };
      }),
      verdicts: [],
      attempts: [],
      latencyMs: 0,
    };
  });
}
