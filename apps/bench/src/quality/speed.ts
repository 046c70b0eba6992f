import type { Draft, JudgeInput } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import type { BenchContext } from '../bench.ts';
import { percentile } from '../statistics.ts';
import { timeTask } from '../timing.ts';
import { generator } from './boosting.ts';
import { toModelInfo } from './recordings.ts';

const prompt = 'A farmer has 42 bales of hay of 75 pounds, 20 sacks of oats of 65 pounds and 4 bags of carrots of 12 pounds. How many trips does a truck that carries 2250 pounds need?';
const sentence = (index: number) => `In step ${index} we multiply ${index + 2} * ${index + 7} = ${(index + 2) * (index + 7)}, which the truck carries from the barn to the field, and then we go on. `;
const words300 = Array.from({ length: 12 }, (_, index) => sentence(index)).join('') + 'Therefore the answer is 2 trips.';

/** What the texts of 100 kB are made of: hex, brackets, line breaks, single letters, mixed scripts, and beginnings of what patterns look for. */
const pieces = [
  'deadbeef01', '[{(', ')', '\n', 'a', 'Ω漢aд ', '"', '\\"', '```\n', '= ', '1+', 'answer is ', '{"a":', '3 * 4 = 12 ', ' ', '**', 'A) ', '(', '0', '\t', '#', '$', '-', ', ', '\\frac{',
  '\\boxed{', 'Wait ', 'é', 'ก', '😀', '\u0000', 'not sure ', 'confidence: ', '3 m * ', "'a ", '<', '“', '1/', '漢',
];
/** Texts of several pieces, drawn at random but always the same. */
const mixtures = 40;

function hostileTexts(): string[] {
  const size = 100_000;
  const texts = pieces.map((piece) => piece.repeat(Math.ceil(size / piece.length)));
  const random = generator(11);
  for (let index = 0; index < mixtures; index++) {
    let text = '';
    while (text.length < size) text += (pieces[Math.floor(random() * pieces.length)] as string).repeat(1 + Math.floor(random() ** 4 * 5000));
    texts.push(text.slice(0, size));
  }
  return texts;
}

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
  let slowest = '';
  const texts = hostileTexts();
  for (const text of texts) {
    const runs = await timeTask(() => judge(input({ messages: [{ role: 'user', content: prompt }] }, text)), { runs: 7, warmUp: 3 });
    const time = percentile(runs, 0.5);
    if (time <= worst) continue;
    worst = time;
    slowest = text.slice(0, 12);
  }
  report.note(`slowest 100 kB: ${JSON.stringify(slowest)} …`);
  report.target('judging 100 kB of anything, slowest kind, median', worst, { atMost: 5 }, { unit: 'ms', n: texts.length });
}
