import type { Draft, JudgeInput } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import type { BenchContext } from '../bench.ts';
import { percentile } from '../statistics.ts';
import { timeTask } from '../timing.ts';
import { toModelInfo } from './recordings.ts';

const prompt = 'A farmer has 42 bales of hay of 75 pounds, 20 sacks of oats of 65 pounds and 4 bags of carrots of 12 pounds. How many trips does a truck that carries 2250 pounds need?';
const sentence = (index: number) => `In step ${index} we multiply ${index + 2} * ${index + 7} = ${(index + 2) * (index + 7)}, which the truck carries from the barn to the field, and then we go on. `;
const words300 = Array.from({ length: 12 }, (_, index) => sentence(index)).join('') + 'Therefore the answer is 2 trips.';

/** Text of one repeated piece, to find patterns that take more than linear time. */
const pieces = ['deadbeef01', '[{(', ')', '\n', 'a', 'Ω漢aд ', '"', '\\"', '```\n', '= ', '1+', 'answer is ', '{"a":', '3 * 4 = 12 ', ' ', '**', 'A) '];

const judge = createJudge();
const input = (request: JudgeInput['request'], content: string): JudgeInput => {
  const draft: Draft = { provider: 'p', model: 'gpt-4o-mini', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
  return { request, draft, model: toModelInfo('gpt-4o-mini'), target: 'balanced', escalation: { model: toModelInfo('gpt-4o', 1), cost: 0.01 } };
};

/** Time to judge a 300-word draft, and 100 kB of anything. */
export async function measureSpeed(report: BenchContext['report']): Promise<void> {
  await judge(input({ messages: [{ role: 'user', content: prompt }] }, 'x'));
  const times = await timeTask(() => judge(input({ messages: [{ role: 'user', content: prompt }] }, words300)), { runs: 3000, warmUp: 1500 });
  report.figure({ name: 'judging a 300-word draft, p95', value: percentile(times, 0.95), unit: 'ms', n: times.length });
  report.target('judging a 300-word draft without an embedder, p50', percentile(times, 0.5), { atMost: 0.2 }, { unit: 'ms', n: times.length });
  let worst = 0;
  for (const piece of pieces) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const runs = await timeTask(() => judge(input({ messages: [{ role: 'user', content: prompt }] }, text)), { runs: 9, warmUp: 4 });
    worst = Math.max(worst, percentile(runs, 0.5));
  }
  report.target('judging 100 kB of anything, slowest kind, median', worst, { atMost: 5 }, { unit: 'ms', n: pieces.length });
}
