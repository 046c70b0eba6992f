import type { Draft, JudgeInput, Verdict } from '@cascadeflow/contract';
import { beforeAll, expect, test } from 'vitest';
import { agreement } from '../consensus/agreement.ts';
import { createProgressChecks } from '../progress/create-progress-checks.ts';
import { createJudge } from './create-judge.ts';

const judge = createJudge();
const draft = (content: string): Draft => ({ provider: 'p', model: 'm', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true });
const judgeNow = (prompt: string, content: string, json = false): Verdict =>
  judge({ request: { messages: [{ role: 'user', content: prompt }], ...(json && { responseFormat: { type: 'json' as const } }) }, draft: draft(content), target: 'balanced' } satisfies JudgeInput) as Verdict;

beforeAll(async () => {
  await judge({ request: { messages: [{ role: 'user', content: 'x' }] }, draft: draft('x'), target: 'balanced' });
});

const units: readonly string[] = [
  'a', '0', 'deadbeef01', '(', '[{', ')', '"', '\\"', '\\', '\n', ' ', '\t', '`', '```\n', '```js\n', '*', '#', '####', '$', '= ', '1+', '1,', '1/', '-', '.', ', ',
  'answer is ', 'answer:    ', '"answer": ', '{"a":', '\\frac{', '\\boxed{', 'A) ', '\nA) x\nB) y', 'Wait ', 'I ', 'é', '漢', 'ก', 'а', '😀', '\u0000', '\uFFFD',
  'not sure ', 'confidence: ', 'x = 1 ', '3 * 4 = 12 ', '3 m * ', "'a ", '<', 'A. ', '“',
];

/** Longest of a few texts made of one unit: 25 kB against 100 kB tells linear from quadratic whatever the machine. */
function slowest(size: number, run: (text: string) => void): Map<string, number> {
  const times = new Map<string, number>();
  for (const unit of units) {
    const text = unit.repeat(Math.ceil(size / unit.length));
    run(text);
    const start = performance.now();
    run(text);
    times.set(unit, performance.now() - start);
  }
  return times;
}

/** A bound that a quadratic pattern misses by a factor of a hundred, even on a loaded machine. */
const bound = 400;

test.each([
  ['a draft', (text: string) => judgeNow('How many apples are there in 3 boxes of 4?', text)],
  ['a JSON draft', (text: string) => judgeNow('Answer in JSON.', `{"reasoning": "${text}`, true)],
  ['a request', (text: string) => judgeNow(text, 'The answer is 4, because 2 + 2 = 4.')],
  ['two answers', (text: string) => agreement({ messages: [{ role: 'user', content: 'What is it?' }] }, text, `${text}b`)],
  ['a stream', (text: string) => createProgressChecks({ request: { messages: [{ role: 'user', content: 'What is it?' }] } }).push(text)],
] as const)('100 kB of anything takes linear time: %s', (_name, run) => {
  for (const [unit, time] of slowest(100_000, run)) expect(time, JSON.stringify(unit)).toBeLessThan(bound);
}, 60_000);
