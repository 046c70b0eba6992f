import type { ModelInfo } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import codePairs from '../../fixtures/code-pairs.json' with { type: 'json' };
import furtherFlaws from '../../fixtures/further-flaws.json' with { type: 'json' };
import otherAnswers from '../../fixtures/good-answers.json' with { type: 'json' };
import plainPairs from '../../fixtures/plain-pairs.json' with { type: 'json' };
import sixFlaws from '../../fixtures/six-flaws.json' with { type: 'json' };
import trickyPairs from '../../fixtures/tricky-pairs.json' with { type: 'json' };
import { accepts } from './everyday-doubles.ts';
import { everydayPairs, goodAnswers } from './everyday-pair-doubles.ts';
import { furtherPairs } from './further-pair-doubles.ts';

type Pairs = readonly (readonly [asked: string, good: string, bad: string])[];

const verifier: ModelInfo = { name: 'gpt-4o', provider: 'openai', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };

describe.each([
  { name: 'the first pairs', pairs: everydayPairs, taken: 5, refused: 2 },
  { name: 'further pairs', pairs: furtherPairs, taken: 13, refused: 3 },
  { name: 'pairs of six kinds of flaws', pairs: sixFlaws as unknown as Pairs, taken: 38, refused: 16 },
  { name: 'pairs of plain flaws, many of them short', pairs: plainPairs as unknown as Pairs, taken: 26, refused: 8 },
  // What a draft is about is not known to a judge without an embedder: a good half of what is left is fluent and beside the point.
  { name: 'pairs of other hands', pairs: furtherFlaws as unknown as Pairs, taken: 88, refused: 28 },
  { name: 'pairs about code', pairs: codePairs as unknown as Pairs, taken: 43, refused: 2 },
  { name: 'tricky pairs', pairs: trickyPairs as unknown as Pairs, taken: 8, refused: 3 },
])('of $name', ({ pairs, taken, refused }) => {
  it('takes hardly any answer whose flaw anybody can see', async () => {
    const accepted: string[] = [];
    for (const [asked, , bad] of pairs) if (await accepts(asked, bad, verifier)) accepted.push(`${JSON.stringify(asked)}: ${bad}`);
    expect(accepted.length, accepted.join('\n')).toBeLessThanOrEqual(taken);
  });

  it('takes nearly all good answers to the same requests', async () => {
    const missed: string[] = [];
    for (const [asked, good] of pairs) if (!(await accepts(asked, good, verifier))) missed.push(`${JSON.stringify(asked)}: ${good}`);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(refused);
  });
});

it('takes good answers that look like a placeholder, a refusal or a copy and are none', async () => {
  const refused: string[] = [];
  for (const [prompt, good] of goodAnswers) if (!(await accepts(prompt, good, verifier))) refused.push(`${prompt}: ${good}`);
  expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(2);
});

it('takes good answers of all kinds, written without looking at any signal', async () => {
  const refused: string[] = [];
  for (const [prompt = '', good = ''] of otherAnswers) if (!(await accepts(prompt, good, verifier))) refused.push(`${prompt}: ${good}`);
  expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(8);
});
