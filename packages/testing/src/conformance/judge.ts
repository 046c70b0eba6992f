import assert from 'node:assert/strict';
import type { Draft, Judge, JudgeInput, Route, Verdict } from '@cascadeflow/contract';
import { sampleDraft, sampleInput, sampleModels, sampleRequests } from './samples.ts';
import { type ConformanceCheck, runSuite, type Skips, type TestRunner, within } from './suite.ts';

type OpenJudge = () => Judge | Promise<Judge>;

/** Milliseconds one verdict on the largest sample may take; a bound against runaway patterns, not a benchmark. */
const verdictMs = 2000;

function assertSound(verdict: Verdict): void {
  const inUnit = (value: number, what: string): void => assert.ok(value >= 0 && value <= 1, `${what} must lie between 0 and 1, is ${value}`);
  inUnit(verdict.probability, 'probability');
  inUnit(verdict.threshold, 'threshold');
  if (verdict.agreement !== undefined) inUnit(verdict.agreement, 'agreement');
  assert.equal(typeof verdict.accept, 'boolean');
  assert.ok(verdict.reason.trim() !== '', 'reason must be a sentence');
  for (const signal of verdict.signals) {
    assert.ok(signal.name !== '' && Number.isFinite(signal.value) && Number.isFinite(signal.weight), `signal ${signal.name} must be finite`);
  }
  if (verdict.accept) {
    assert.equal(verdict.veto, undefined, 'a vetoed draft is not accepted');
    assert.ok(verdict.probability >= verdict.threshold, 'an accepted draft is at or above its threshold');
  } else if (verdict.veto === undefined) {
    assert.ok(verdict.probability < verdict.threshold, 'a draft that is not accepted is below its threshold, or vetoed');
  }
  assert.deepEqual(JSON.parse(JSON.stringify(verdict)), verdict, 'a verdict is plain JSON');
}

async function judgeOne(open: OpenJudge, changes?: Partial<JudgeInput>): Promise<Verdict> {
  const judge = await open();
  const verdict = await within(verdictMs, Promise.resolve(judge(sampleInput(changes))), 'the verdict');
  assertSound(verdict);
  return verdict;
}

const neverAccepted: { readonly [what: string]: Draft } = {
  'an empty draft': sampleDraft(''),
  'a blank draft': sampleDraft(' \n\t'),
  'a cut draft': sampleDraft('The capital of', { complete: false, finishReason: { unified: 'other' } }),
  'a draft that hit its limit': sampleDraft('The capital of France is', { finishReason: { unified: 'length' } }),
  'a filtered draft': sampleDraft('The capital of France is Paris.', { finishReason: { unified: 'content-filter' } }),
};

const route: Route = {
  complexity: { label: 'simple', confidence: 0.9 },
  domain: { label: 'general', confidence: 0.8 },
  plan: { tiers: [0, 1], start: 'draft', secondOpinion: 'auto', excluded: [] },
  reasons: ['a short question'],
};

const checks = {
  sound: {
    promise: 'gives a sound verdict on every kind of request',
    async run(open) {
      for (const request of Object.values(sampleRequests)) await judgeOne(open, { request });
      for (const target of ['economy', 'balanced', 'strict', { minProbability: 0.5 }, { errorCost: 0.01 }] as const) await judgeOne(open, { target });
    },
  },
  strange: {
    promise: 'gives a sound verdict on strange and on very large drafts',
    async run(open) {
      const drafts = ['\ud800', '\u0000'.repeat(1000), 'a'.repeat(1_000_000), '((('.repeat(50_000), '{"a":'.repeat(20_000), '🙂'.repeat(10_000), '1'.repeat(100_000), ' \n'.repeat(100_000) + 'x'];
      for (const content of drafts) await judgeOne(open, { draft: sampleDraft(content) });
    },
  },
  unusable: {
    promise: 'never accepts an empty, cut, cut short or filtered draft, however low the bar',
    async run(open) {
      for (const [what, draft] of Object.entries(neverAccepted)) {
        const verdict = await judgeOne(open, { draft, target: { minProbability: 0 } });
        assert.equal(verdict.accept, false, `${what} was accepted`);
      }
    },
  },
  'tool-calls': {
    promise: 'never accepts a call of a tool that was not offered, and can accept one that was',
    async run(open) {
      const call = (name: string): Partial<JudgeInput> => ({
        request: sampleRequests.tools!,
        draft: sampleDraft('', { toolCalls: [{ id: '1', name, arguments: '{"city":"Paris"}' }], finishReason: { unified: 'tool-calls' } }),
        target: { minProbability: 0 },
      });
      assert.equal((await judgeOne(open, call('launch_rocket'))).accept, false, 'a call of an unknown tool was accepted');
      assert.equal((await judgeOne(open, call('weather'))).accept, true, 'a good call was not accepted at a bar of 0');
    },
  },
  bars: {
    promise: 'strict asks no less than balanced, and balanced no less than economy',
    async run(open) {
      const thresholds: number[] = [];
      for (const target of ['economy', 'balanced', 'strict'] as const) thresholds.push((await judgeOne(open, { target })).threshold);
      assert.deepEqual(thresholds, [...thresholds].sort((a, b) => a - b));
    },
  },
  'own-bar': {
    promise: 'holds a draft against the bar it is given, the plan\'s before the target\'s',
    async run(open) {
      assert.equal((await judgeOne(open, { target: { minProbability: 0.42 } })).threshold, 0.42);
      assert.equal((await judgeOne(open, { target: { minProbability: 0.42 }, minProbability: 0.77 })).threshold, 0.77);
    },
  },
  repeatable: {
    promise: 'says the same of the same draft',
    async run(open) {
      const judge = await open();
      assert.deepEqual(await judge(sampleInput()), await judge(sampleInput()));
    },
  },
  opinions: {
    promise: 'hears other drafters and reports how far they agree',
    async run(open) {
      const draft = sampleDraft('The answer is 42.');
      const other = (content: string): Partial<JudgeInput> => ({ draft, opinions: [{ ...sampleDraft(content), model: 'other' }] });
      const agreed = await judgeOne(open, other('The answer is 42.'));
      const differed = await judgeOne(open, other('The answer is 17.'));
      assert.ok(agreed.agreement !== undefined && differed.agreement !== undefined, 'agreement must be reported where there are opinions');
      assert.ok(agreed.agreement > differed.agreement, 'equal answers agree more than different ones');
      assert.ok(agreed.probability >= differed.probability, 'agreement must not make a draft less likely');
    },
  },
  learning: {
    promise: 'learning, where there is any, does not throw and leaves verdicts sound',
    async run(open) {
      const judge = await open();
      const draft = sampleDraft('Paris.');
      const verifier = sampleDraft('Paris, of course.', { model: 'large', tier: 1 });
      for (let round = 0; round < 50; round++) {
        judge.learn?.({ request: sampleRequests.short!, route, model: sampleModels[0]!, draft, verdict: await judge(sampleInput()), verifier });
      }
      assertSound(await judge(sampleInput()));
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenJudge> };

/** Names of the checks on a judge. */
export type JudgeCheck = keyof typeof checks;

/** Tests that a judge keeps the contract: sound verdicts, honoured bars, no unusable draft accepted. `open` gives a fresh judge. */
export function judgeConformance(
  runner: TestRunner,
  options: { readonly name: string; readonly open: OpenJudge; readonly skip?: Skips<JudgeCheck> },
): void {
  runSuite<OpenJudge, JudgeCheck>(runner, `${options.name} keeps the judge contract`, checks, options.open, options.skip);
}
