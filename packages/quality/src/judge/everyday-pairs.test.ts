import type { ModelInfo } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { accepts } from './everyday-doubles.ts';
import { everydayPairs, goodAnswers } from './everyday-pair-doubles.ts';

const verifier: ModelInfo = { name: 'gpt-4o', provider: 'openai', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };

it('takes hardly any answer whose flaw anybody can see', async () => {
  const taken: string[] = [];
  for (const [prompt, , bad] of everydayPairs) if (await accepts(prompt, bad, verifier)) taken.push(`${prompt}: ${bad}`);
  expect(taken.length, taken.join('\n')).toBeLessThanOrEqual(8);
});

it('takes nearly all good answers to the same requests', async () => {
  const refused: string[] = [];
  for (const [prompt, good] of everydayPairs) if (!(await accepts(prompt, good, verifier))) refused.push(`${prompt}: ${good}`);
  expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(3);
});

it('takes good answers that look like a placeholder, a refusal or a copy and are none', async () => {
  const refused: string[] = [];
  for (const [prompt, good] of goodAnswers) if (!(await accepts(prompt, good, verifier))) refused.push(`${prompt}: ${good}`);
  expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(2);
});
