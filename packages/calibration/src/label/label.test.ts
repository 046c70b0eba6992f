import type { Model, ModelRequest, Trace } from '@cascadeflow/contract';
import { toText } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { madeTraces } from '../replay/agent-double.ts';
import { labelByGold, labelByVotes } from './label-gold.ts';
import { labelByVerifier } from './label-by-verifier.ts';
import { labelPairwise, type PairwiseOptions } from './label-pairwise.ts';
import { withLabel } from './with-label.ts';

const answers = [
  { provider: 'p', model: 'small', tier: 0, content: 'four' },
  { provider: 'p', model: 'large', tier: 1, content: '4' },
];
const [base] = madeTraces(1, [{ name: 'small', easy: 1, hard: 1, cost: 1 }]) as [Trace];
const trace: Trace = { ...base, runId: 'r', answers };
const labelOf = (from: Trace, model: string) => from.answers.find((answer) => answer.model === model)?.label;

describe('labels', () => {
  it('by gold answers keep their source, and a grader that cannot tell leaves none', async () => {
    const graded = await labelByGold(trace, '4', (answer, gold) => (answer.content === gold ? 1 : undefined));
    expect(labelOf(graded, 'large')).toEqual({ score: 1, source: 'gold' });
    expect(labelOf(graded, 'small')).toBeUndefined();
    expect(await labelByGold(trace, undefined, () => 1)).toBe(trace);
  });

  it('by votes are averaged and belong to the answer that was served', () => {
    const voted = labelByVotes({ ...trace, modelUsed: 'small' }, [{ runId: 'r', vote: 'up' }, { runId: 'r', vote: 'down' }, { runId: 'other', vote: 'down' }, { runId: 'r', model: 'large', vote: 'up' }]);
    expect(labelOf(voted, 'small')).toEqual({ score: 0.5, source: 'human' });
    expect(labelOf(voted, 'large')).toEqual({ score: 1, source: 'human' });
  });

  it('by agreement take the verifier for right, and never replace a better source', async () => {
    const gold = withLabel(trace, 'small', { score: 0, source: 'gold' });
    const labelled = await labelByVerifier(gold, 'large', () => 1);
    expect(labelOf(labelled, 'small')).toEqual({ score: 0, source: 'gold' });
    expect(labelOf(labelled, 'large')).toEqual({ score: 1, source: 'verifier-agreement' });
    expect(labelOf(await labelByVerifier(trace, 'large', async () => 0.25), 'small')).toEqual({ score: 0.25, source: 'verifier-agreement' });
    expect(await labelByVerifier(trace, 'absent', () => 1)).toBe(trace);
  });
});

/** A judge that answers by a rule from the texts of answer A and answer B. */
function judgeBy(rule: (a: string, b: string) => string, seen: ModelRequest[] = []): Model {
  return {
    contract: 'v1', provider: 'p', id: 'judge', capabilities: {},
    async *stream(request) {
      seen.push(request);
      const [, a = '', b = ''] = /Answer A:\n([^]*)\n\nAnswer B:\n([^]*)$/.exec(request.messages[1] === undefined ? '' : toText(request.messages[1])) ?? [];
      yield { type: 'text-delta', text: rule(a, b) };
      yield { type: 'end', finishReason: { unified: 'stop' }, usage: { input: 1000, output: 1 } };
    },
  };
}

async function pairwise(part: Partial<PairwiseOptions> & { readonly judge: Model }, list: readonly Trace[] = [trace]) {
  const labelled: Trace[] = [];
  const work = labelPairwise(list, { verifier: 'large', maxCalls: 100, ...part });
  for (let next = await work.next(); ; next = await work.next()) {
    if (next.done === true) return { labelled, count: next.value };
    labelled.push(next.value);
  }
}

describe('a blind pairwise judge', () => {
  it('counts a preference only when it survives the swap of places', async () => {
    const prefersDigits = await pairwise({ judge: judgeBy((a) => (a === '4' ? 'A' : 'B')) });
    expect(labelOf(prefersDigits.labelled[0] as Trace, 'small')).toEqual({ score: 0, source: 'pairwise-judge' });
    expect(labelOf(prefersDigits.labelled[0] as Trace, 'large')).toEqual({ score: 1, source: 'pairwise-judge' });
    const prefersTheFirst = await pairwise({ judge: judgeBy(() => 'A') });
    expect(labelOf(prefersTheFirst.labelled[0] as Trace, 'small')?.score).toBe(1);
    const prefersTheDraft = await pairwise({ judge: judgeBy((a) => (a === 'four' ? 'A' : 'B')) });
    expect(labelOf(prefersTheDraft.labelled[0] as Trace, 'large')?.score).toBe(0);
  });

  it('is not told who wrote what', async () => {
    const seen: ModelRequest[] = [];
    await pairwise({ judge: judgeBy(() => 'T', seen) });
    expect(seen).toHaveLength(2);
    expect(JSON.stringify(seen)).not.toMatch(/small|large|verifier|draft/);
  });

  it('holds its budget in calls and in money, and counts what it had none left for', async () => {
    const list = Array.from({ length: 10 }, (_, index) => ({ ...trace, runId: `r${index}` }));
    const byCalls = await pairwise({ judge: judgeBy(() => 'T'), maxCalls: 5 }, list);
    expect(byCalls.count).toMatchObject({ calls: 4, compared: 2, skipped: 8 });
    expect(byCalls.labelled).toHaveLength(10);
    const price = { input: 1, output: 1 };
    const byMoney = await pairwise({ judge: judgeBy(() => 'T'), maxCost: 0.0055, price }, list);
    expect(byMoney.count).toMatchObject({ calls: 4, compared: 2, skipped: 8 });
    expect(byMoney.count.cost).toBeCloseTo(0.004004, 9);
    await expect(pairwise({ judge: judgeBy(() => 'T'), maxCost: 1 })).rejects.toThrow('price: is needed to hold maxCost');
  });

  it('leaves an answer alone when the judge cannot be understood', async () => {
    const { labelled, count } = await pairwise({ judge: judgeBy(() => 'Both are lovely') });
    expect(count).toMatchObject({ unreadable: 1, compared: 0 });
    expect(labelOf(labelled[0] as Trace, 'small')).toBeUndefined();
  });
});
