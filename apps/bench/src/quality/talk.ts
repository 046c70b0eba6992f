import { draftView, formOf, mayBeTalk, readTalk, talkScale, type TalkWeights } from '@cascadeflow/quality';
import type { Draft, ModelRequest } from '@cascadeflow/contract';
import { generator } from './boosting.ts';
import { everydayQuestions } from './everyday.ts';
import furtherAnswers from './own/further-answers.json' with { type: 'json' };
import moreAnswers from './own/more-answers.json' with { type: 'json' };
import { quantise } from '../routing/quantise.ts';
import nonAnswers from './own/non-answers.json' with { type: 'json' };

/** Base-2 logarithm of the number of buckets. */
const bits = 15;
/** Drafts in which a feature stands at least. */
const leastDrafts = 3;
/** Weights that are kept, those that move most drafts furthest. */
const kept = 2600;
/** FTRL-proximal (McMahan et al. 2013): learning rate, penalties and passes. */
const rate = 0.5;
const lasso = { words: 0.5, form: 0.001 };
const ridge = 0.05;
const epochs = 30;

/** A draft as the model sees it, and 1 for talk or a refusal. */
interface TalkRow {
  readonly buckets: readonly number[];
  readonly form: readonly number[];
  readonly label: number;
}

/** One draft in the form of a row; `undefined` where the signal does not look. */
function talkRow(prompt: string, text: string, label: number): TalkRow | undefined {
  const request: ModelRequest = { messages: [{ role: 'user', content: prompt }] };
  const draft: Draft = { provider: 'own', model: 'own', tier: 0, content: text, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
  const view = draftView(request, draft);
  if (!mayBeTalk(view)) return undefined;
  const buckets = new Set<number>();
  const taken = readTalk(view, bits, (bucket) => buckets.add(bucket));
  return { buckets: [...buckets], form: formOf(view, taken), label };
}

/** Refusals and empty talk of our own writing, and our good answers to everyday requests. */
function talkRows(): TalkRow[] {
  const rows = (nonAnswers as [string, string][]).map(([prompt, text]) => talkRow(prompt, text, 1));
  for (const [prompt, text] of [...furtherAnswers, ...moreAnswers] as [string, string][]) rows.push(talkRow(prompt, text, 0));
  for (const question of everydayQuestions()) {
    const [answer] = question.answers.values();
    if (answer) rows.push(talkRow(question.promptText, answer.text, 0));
  }
  return rows.filter((row) => row !== undefined);
}

/** Fits the model that tells talk and refusals from answers. */
export function fitTalk(): TalkWeights {
  const rows = talkRows();
  const drafts = new Map<number, number>();
  for (const row of rows) for (const bucket of row.buckets) drafts.set(bucket, (drafts.get(bucket) ?? 0) + 1);
  const weights = fitRows(rows, new Set([...drafts].filter(([, count]) => count >= leastDrafts).map(([bucket]) => bucket)));
  const weightOf = (bucket: number) => Math.abs(weights[bucket] as number) * Math.sqrt(drafts.get(bucket) ?? 0);
  const strongest = [...drafts.keys()].sort((a, b) => weightOf(b) - weightOf(a)).slice(0, kept);
  const words = new Float32Array(1 << bits);
  for (const bucket of strongest) words[bucket] = weights[bucket] as number;
  const { gaps, weights: letters, scales } = quantise({ weights: words, bias: new Float32Array(1), classes: 1 });
  return { bits, gaps: gaps[0] ?? '', weights: letters[0] ?? '', scale: scales[0] ?? 1, form: Array.from(weights.slice(1 << bits), (value) => Number(value.toFixed(3))) };
}

/** Weights of the buckets that are known, and after them those of the form. */
function fitRows(rows: readonly TalkRow[], known: ReadonlySet<number>): Float64Array {
  const size = 1 << bits;
  const prepared = rows.map(({ buckets, form, label }) => {
    const scale = talkScale(buckets.length);
    const used = buckets.filter((bucket) => known.has(bucket));
    const inputs = [...used.map((bucket) => [bucket, scale] as const), ...form.map((value, index) => [size + index, value] as const)];
    return { inputs, label };
  });
  const width = size + (rows[0]?.form.length ?? 0);
  const pull = new Float64Array(width);
  const squares = new Float64Array(width);
  const weightAt = (index: number): number => {
    const penalty = index < size ? lasso.words : lasso.form;
    const z = pull[index] as number;
    return Math.abs(z) <= penalty ? 0 : -(z - Math.sign(z) * penalty) / ((1 + Math.sqrt(squares[index] as number)) / rate + ridge);
  };
  const random = generator(1);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const { inputs, label } of shuffled(prepared, random)) {
      const weights = inputs.map(([index]) => weightAt(index));
      const score = inputs.reduce((sum, [, value], place) => sum + value * (weights[place] as number), 0);
      const error = 1 / (1 + Math.exp(-score)) - label;
      inputs.forEach(([index, value], place) => {
        const slope = error * value;
        const before = squares[index] as number;
        pull[index] = (pull[index] as number) + slope - ((Math.sqrt(before + slope * slope) - Math.sqrt(before)) / rate) * (weights[place] as number);
        squares[index] = before + slope * slope;
      });
    }
  }
  return Float64Array.from({ length: width }, (_, index) => weightAt(index));
}

function shuffled<T>(rows: readonly T[], random: () => number): T[] {
  const order = [...rows];
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [order[index], order[other]] = [order[other] as T, order[index] as T];
  }
  return order;
}
