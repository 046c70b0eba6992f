import { describe, expect, it } from 'vitest';
import { madeTraces, plainAgent, readingJudge } from '../replay/agent-double.ts';
import { advise, type AdviseConfig } from './advise.ts';
import { tabulate } from './candidate-rows.ts';
import { search } from './search.ts';

const config = (part: Partial<AdviseConfig> = {}): AdviseConfig => ({ createAgent: plainAgent, judge: readingJudge(), ...part });

describe('advice', { timeout: 60_000 }, () => {
  it('is a cascade where the judge can tell and the price differs', async () => {
    const rounds: number[] = [];
    const traces = madeTraces(400, [
      { name: 'small', easy: 0.95, hard: 0.3, cost: 1, insight: 0.8 },
      { name: 'dear-and-poor', easy: 0.6, hard: 0.3, cost: 8 },
      { name: 'large', easy: 0.97, hard: 0.9, cost: 20 },
    ]);
    const advice = await advise(traces, config({ reference: 'large', onProgress: ({ round }) => rounds.push(round) }));
    expect(advice).toMatchObject({ kind: 'cascade', reference: 'large', rows: 400 });
    expect(advice.recommendation.models.at(-1)).toBe('large');
    expect(advice.recommendation.saved.low).toBeGreaterThan(0.3);
    expect(advice.recommendation.quality).toBeGreaterThanOrEqual(advice.keep * 0.9);
    expect(new Set(rounds)).toEqual(new Set([1, 2]));
  });

  it('is the verifier alone when the judge knows nothing and the price is 1 to 2', async () => {
    const traces = madeTraces(400, [{ name: 'small', easy: 0.8, hard: 0.3, cost: 1 }, { name: 'large', easy: 0.97, hard: 0.9, cost: 2 }]);
    const advice = await advise(traces, config());
    expect(advice).toMatchObject({ kind: 'verifier-alone', reference: 'large' });
    expect(advice.recommendation.models).toEqual(['large']);
    expect(advice.reason).toContain('use large alone');
  });

  it('is the cheap model alone when it is as good', async () => {
    const traces = madeTraces(400, [{ name: 'small', easy: 0.97, hard: 0.9, cost: 1 }, { name: 'large', easy: 0.9, hard: 0.8, cost: 20 }]);
    const advice = await advise(traces, config({ reference: 'large' }));
    expect(advice).toMatchObject({ kind: 'cheap-alone' });
    expect(advice.recommendation.models).toEqual(['small']);
  });

  it('uses a second drafter when agreement tells what neither says', async () => {
    const traces = madeTraces(400, [
      { name: 'one', easy: 0.95, hard: 0.4, cost: 1 },
      { name: 'two', easy: 0.95, hard: 0.4, cost: 1.2 },
      { name: 'large', easy: 0.97, hard: 0.9, cost: 30 },
    ]);
    const advice = await advise(traces, config({ reference: 'large', keep: 0.98 }));
    expect(advice.recommendation.models).toEqual(['one', 'two', 'large']);
  });

  it('never lets a model check itself, though it may draft in one cascade and verify in another', async () => {
    const table = tabulate(madeTraces(120, [
      { name: 'small', easy: 0.95, hard: 0.3, cost: 1, insight: 0.8 },
      { name: 'middle', easy: 0.99, hard: 0.9, cost: 4, insight: 0.5 },
      { name: 'large', easy: 0.99, hard: 0.95, cost: 20 },
    ]), undefined, {});
    const engine = { createAgent: plainAgent, judge: readingJudge() };
    const tried = await search(table, [['small'], ['middle'], ['small', 'middle']], ['large', 'middle'], { reference: 'large', quality: 0.9, referenceCost: 20 }, { engine, seed: 1 });
    const found = tried.map(({ drafters, verifier }) => [...drafters, verifier].join(' > ')).sort();
    expect(found).toEqual(['middle > large', 'small > large', 'small > middle', 'small > middle > large']);
  });

  it('keeps in early rounds what only many questions can prove', async () => {
    const idle = Array.from({ length: 8 }, (_, index) => ({ name: `idle-${index}`, easy: 0.5, hard: 0.5, cost: 0.1 }));
    const table = tabulate(madeTraces(600, [{ name: 'knowing', easy: 0.9, hard: 0.6, cost: 1, insight: 0.4 }, ...idle, { name: 'large', easy: 0.98, hard: 0.6, cost: 20 }]), undefined, {});
    const engine = { createAgent: plainAgent, judge: readingJudge() };
    const teams = [['knowing'], ...idle.map(({ name }) => [name])];
    const tried = await search(table, teams, ['large'], { reference: 'large', quality: table.mean('large').quality, referenceCost: 20 }, { engine, seed: 1 });
    expect(tried.map(({ drafters }) => drafters[0])).toContain('knowing');
  });

  it('asks the judge again for every verifier, because it decides with the verifier in view', async () => {
    const table = tabulate(madeTraces(400, [
      { name: 'small', easy: 0.9, hard: 0.5, cost: 1 },
      { name: 'middle', easy: 0.95, hard: 0.9, cost: 10 },
      { name: 'large', easy: 0.97, hard: 0.95, cost: 20 },
    ]), undefined, {});
    const judge: AdviseConfig['judge'] = ({ draft, escalation }) => ({ accept: escalation?.model.name === 'middle' && draft.content.endsWith('right'), probability: 0.5, threshold: 0.5, signals: [], reason: '' });
    const tried = await search(table, [['small']], ['middle', 'large'], { reference: 'middle', quality: table.mean('middle').quality, referenceCost: 10 }, { engine: { createAgent: plainAgent, judge }, seed: 1 });
    const accepted = (verifier: string) => tried.find((each) => each.verifier === verifier)?.outcomes.filter((outcome) => outcome.accepted).length;
    expect(accepted('middle')).toBe(table.traces.filter(({ runId }) => table.outcome(runId, 'small').quality === 1).length);
    expect(accepted('large')).toBe(0);
  });

  it('says what it lacks', async () => {
    const traces = madeTraces(50, [{ name: 'small', easy: 1, hard: 1, cost: 1 }]);
    await expect(advise(traces, config())).rejects.toThrow('needs 100 questions');
    await expect(advise(traces, config({ reference: 'huge' }))).rejects.toThrow('reference: has no labelled, priced answers; there are answers of small');
    await expect(advise(traces, config({ keep: 98 }))).rejects.toThrow('keep: must be a share');
  });
});
