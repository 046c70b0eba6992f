import { readFileSync } from 'node:fs';
import type { Embedder } from '@cascadeflow/contract';
import { readOnnx } from '../../../../packages/semantic/src/model-file/read-onnx.ts';
import { Vocabulary } from '../../../../packages/semantic/src/wordpiece/vocabulary.ts';
import { PieceBuffer, WordPiece } from '../../../../packages/semantic/src/wordpiece/word-piece.ts';
import type { Report } from '../report.ts';
import { percentile } from '../statistics.ts';
import { timeTask, toTimes } from '../timing.ts';

const ROUNDS = 15;
const TOKENS_OF_SHORT_TEXT = 200;
const TEACHER_TEXTS = 60;

/** A counter of word pieces over the shipped vocabulary. */
function createCounter(): (text: string) => number {
  const file = readFileSync(new URL('../../../../packages/semantic/assets/model.onnx', import.meta.url));
  const lines = readOnnx(file).metadata.get('vocabulary') ?? '';
  const pieces = new WordPiece(new Vocabulary(lines), lines.split('\n').indexOf('[UNK]'));
  return (text) => {
    const buffer = new PieceBuffer();
    pieces.encode(text, buffer);
    return buffer.length;
  };
}

/** Tokens a second and latency of the shipped model, and its ratio to the teacher on the same texts in the same run. */
export async function measureSpeed(texts: readonly string[], embedder: Embedder, teacher: Embedder | undefined, report: Report): Promise<void> {
  const count = createCounter();
  const tokens = texts.reduce((sum, text) => sum + count(text), 0);
  const rates: number[] = [];
  const processor = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    await embedder.embed(texts);
    rates.push(tokens / ((performance.now() - start) / 1000));
  }
  const rate = percentile(rates, 0.5);
  const { user, system } = process.cpuUsage(processor);
  report.figure({ name: 'tokens a second of processor time (what a busy machine leaves comparable), millions', value: (tokens * ROUNDS) / (user + system), n: tokens });
  report.target('tokens a second, tokenizing included, millions', rate / 1e6, { atLeast: 1.2 }, { n: tokens });

  const words = texts.join(' ').split(' ');
  const short = Array.from({ length: 200 }, (_, index) => takeTokens(words.slice(index * 150), count));
  let next = 0;
  const times = toTimes(await timeTask(() => embedder.embed([short[next++ % short.length] as string]), { runs: 2000, warmUp: 500 }));
  report.figure({ name: '200-token text, p95', value: times.p95, unit: 'ms', n: times.n });
  report.target('200-token text, p50', times.p50, { atMost: 0.25 }, { unit: 'ms', n: times.n });

  if (!teacher) return;
  const some = texts.slice(0, TEACHER_TEXTS);
  await teacher.embed(some.slice(0, 4));
  const ratios: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    await teacher.embed(some);
    const middle = performance.now();
    // Ours is so much quicker that it runs often enough to be measured.
    for (let again = 0; again < 20; again++) await embedder.embed(some);
    ratios.push((middle - start) / ((performance.now() - middle) / 20));
  }
  report.target('times faster than the teacher in int8, one thread', percentile(ratios, 0.5), { atLeast: 40 }, { n: some.length });
}

function takeTokens(words: readonly string[], count: (text: string) => number): string {
  let length = Math.floor(TOKENS_OF_SHORT_TEXT * 0.8);
  while (length > 1 && count(words.slice(0, length).join(' ')) > TOKENS_OF_SHORT_TEXT) length--;
  return words.slice(0, length).join(' ');
}
