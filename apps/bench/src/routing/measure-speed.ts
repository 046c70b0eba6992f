import type { ModelInfo, RouterInput } from '@cascadeflow/contract';
import { createRouter } from '@cascadeflow/routing';
import plain from '../../../../packages/routing/fixtures/plain-prompts.json' with { type: 'json' };
import type { Report } from '../report.ts';
import { timeTask, toTimes } from '../timing.ts';

const models: readonly ModelInfo[] = [
  { name: 'small', provider: 'p', tier: 0, price: { input: 0.15, output: 0.6 }, capabilities: { contextWindow: 1_000_000 } },
  { name: 'large', provider: 'p', tier: 1, price: { input: 2.5, output: 10 }, capabilities: { contextWindow: 1_000_000 } },
];
const ask = (content: string): RouterInput => ({ request: { messages: [{ role: 'user', content }] }, models, target: 'balanced', secondOpinion: 'auto' });

/** Texts made to be slow: runs without a break, brackets, line starts, digits, spaces, marks of many scripts. */
const hostile = ['a', '(', '\n- ', '1', ' ', '\\frac{', 'A. ', '漢', '\u0301', '`', '|', 'ab '].map((piece) => piece.repeat(Math.ceil(100_000 / piece.length)));

/** Times of the default router, warm. */
export async function measureSpeed(report: Report): Promise<void> {
  const router = createRouter();
  await router(ask('warm'));
  const inputs = Object.values(plain.prompts).flat().map(ask);
  let turn = 0;
  const short = toTimes(await timeTask(() => router(inputs[turn++ % inputs.length] ?? ask('x')), { runs: 6000, warmUp: 3000 }));
  report.figure({ name: 'router: p99, plain prompts', value: short.p99, unit: 'ms', n: short.n });
  report.target('router: p50, plain prompts', short.p50, { atMost: 0.15 }, { unit: 'ms', n: short.n });
  const words = ask('the committee agreed to move the vote to june because '.repeat(400));
  const long = toTimes(await timeTask(() => router(words), { runs: 300, warmUp: 50 }));
  report.target('router: p50, 4,000 words', long.p50, { atMost: 1 }, { unit: 'ms', n: long.n });
  let slowest = 0;
  for (const text of hostile) {
    const input = ask(text);
    slowest = Math.max(slowest, toTimes(await timeTask(() => router(input), { runs: 30, warmUp: 5 })).p50);
  }
  report.target('router: p50 of the slowest of 12 hostile texts of 100 kB', slowest, { atMost: 5 }, { unit: 'ms', n: hostile.length });
}
