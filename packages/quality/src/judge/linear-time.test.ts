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
  'not sure ', 'confidence: ', 'x = 1 ', '3 * 4 = 12 ', '3 m * ', "'a ", '<', 'A. ', '“', '_', 'a.', 'Total: 1\n', 'Total:  ', '≈ 1', '=\nTotal: ',
];

const [quarter, whole] = [25_000, 100_000];
/** Nothing that is this quick at full size needs a second look; in milliseconds. */
const quick = 20;
/** Four times the text takes linear work four times as long, and quadratic work sixteen times. */
const tolerated = 8;

interface ProcessorTime {
  readonly user: number;
  readonly system: number;
}

/** The package is checked without the types of Node, which its tests run in. */
const { process } = globalThis as unknown as { readonly process: { cpuUsage(since?: ProcessorTime): ProcessorTime } };

/** The least processor time of a few runs, in milliseconds: what a busy machine takes from us does not count. */
function shortest(run: () => unknown, runs: number): number {
  let least = Infinity;
  for (let index = 0; index < runs && least > quick; index++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

test.each([
  ['a draft', (text: string) => judgeNow('How many apples are there in 3 boxes of 4?', text)],
  ['a JSON draft', (text: string) => judgeNow('Answer in JSON.', `{"reasoning": "${text}`, true)],
  ['a request', (text: string) => judgeNow(text, 'The answer is 4, because 2 + 2 = 4.')],
  ['two answers', (text: string) => agreement({ messages: [{ role: 'user', content: 'What is it?' }] }, text, `${text}b`)],
  ['a stream', (text: string) => createProgressChecks({ request: { messages: [{ role: 'user', content: 'What is it?' }] } }).push(text)],
] as const)('four times the text takes about four times as long, whatever it is made of: %s', (_name, run) => {
  for (const unit of units) {
    const timeOf = (size: number) => shortest(() => run(unit.repeat(Math.ceil(size / unit.length))), 5);
    const time = timeOf(whole);
    if (time > quick) expect(time / timeOf(quarter), JSON.stringify(unit)).toBeLessThan(tolerated);
  }
}, 60_000);
