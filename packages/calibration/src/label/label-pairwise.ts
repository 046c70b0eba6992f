import { InvalidOptionsError, lastUserText, type Model, type ModelRequest, type Price, type Trace, type Usage } from '@cascadeflow/contract';
import { priceOf } from '../replay/price-of.ts';
import { withLabel } from './with-label.ts';

/** How answers are compared. */
export interface PairwiseOptions {
  /** Compares; best of another family than the two compared. */
  readonly judge: Model;
  readonly verifier: string;
  /** Drafters to compare with the verifier. Default: all other models of a trace. */
  readonly drafters?: readonly string[];
  /** Most calls of the judge. Two are needed for a comparison. */
  readonly maxCalls: number;
  /** Most USD; needs `price`. */
  readonly maxCost?: number;
  readonly price?: Price;
  readonly signal?: AbortSignal;
}

/** What comparing has come to. */
export interface PairwiseCount {
  compared: number;
  /** Not compared because the budget was spent. */
  skipped: number;
  /** Comparisons whose answer could not be read, or that failed. */
  unreadable: number;
  calls: number;
  /** USD; `undefined` once a call's tokens are unknown or without a price. */
  cost: number | undefined;
}

/** Characters of each text that the judge is shown. */
const shownCharacters = 12_000;

const instructions =
  'You compare two answers to one question. Judge only whether they are right and whether they do what was asked; length, style and order do not matter. ' +
  'Answer with one letter and nothing else: A if answer A is better, B if answer B is better, T if both are equally good.';

/**
 * Labels drafts by asking a model which of two answers is better, without names, twice with the places swapped; only a preference that survives
 * the swap counts, else it is a tie (Zheng et al., "Judging LLM-as-a-judge", 2023). An answer is good when it was not
 * beaten; the verifier, compared with several, as often as it was not. Never spends more
 * than its budget; traces it has no money for go through unchanged and are counted. Returns the count.
 *
 * @throws {InvalidOptionsError} for a budget that makes no sense.
 */
export async function* labelPairwise(traces: Iterable<Trace> | AsyncIterable<Trace>, options: PairwiseOptions): AsyncGenerator<Trace, PairwiseCount> {
  const { maxCalls, maxCost, price, verifier } = options;
  if (!(maxCalls >= 0)) throw new InvalidOptionsError('maxCalls', `must be 0 or more, is ${maxCalls}`);
  if (maxCost !== undefined && price === undefined) throw new InvalidOptionsError('price', 'is needed to hold maxCost; give USD per 1M tokens');
  const count: PairwiseCount = { compared: 0, skipped: 0, unreadable: 0, calls: 0, cost: 0 };
  let dearest = 0;
  const hasRoom = () => count.calls + 2 <= maxCalls && (maxCost === undefined || (count.cost ?? Number.POSITIVE_INFINITY) + 2 * dearest <= maxCost);
  for await (const trace of traces) {
    options.signal?.throwIfAborted();
    let labelled = trace;
    const held: number[] = [];
    const reference = trace.answers.find((answer) => answer.model === verifier)?.content;
    for (const { model, content } of trace.answers) {
      if (reference === undefined || content === undefined || model === verifier || options.drafters?.includes(model) === false) continue;
      if (!hasRoom()) {
        count.skipped++;
        continue;
      }
      const before = count.cost ?? 0;
      const draftWins = await compare(trace, content, reference, options, count);
      // The dearest comparison so far stands for the next: the budget is held before the money is spent.
      dearest = Math.max(dearest, ((count.cost ?? 0) - before) / 2);
      if (draftWins === undefined) {
        count.unreadable++;
        continue;
      }
      count.compared++;
      labelled = withLabel(labelled, model, { score: draftWins < 0 ? 0 : 1, source: 'pairwise-judge' });
      held.push(draftWins > 0 ? 0 : 1);
    }
    if (held.length > 0) labelled = withLabel(labelled, verifier, { score: held.reduce((sum, each) => sum + each, 0) / held.length, source: 'pairwise-judge' });
    yield labelled;
  }
  return count;
}

/** 1 when the draft is better both times, -1 when the verifier is, 0 for a tie, `undefined` when the judge cannot be understood. */
async function compare(trace: Trace, draft: string, reference: string, options: PairwiseOptions, count: PairwiseCount): Promise<number | undefined> {
  const first = await ask(trace, draft, reference, options, count);
  const second = await ask(trace, reference, draft, options, count);
  if (first === undefined || second === undefined) return undefined;
  if (first === 'A' && second === 'B') return 1;
  return first === 'B' && second === 'A' ? -1 : 0;
}

async function ask(trace: Trace, a: string, b: string, { judge, price, signal }: PairwiseOptions, count: PairwiseCount): Promise<'A' | 'B' | 'T' | undefined> {
  const question = lastUserText(trace.request?.messages ?? []);
  const request: ModelRequest = {
    messages: [
      { role: 'system', content: instructions },
      { role: 'user', content: `Question:\n${cut(question)}\n\nAnswer A:\n${cut(a)}\n\nAnswer B:\n${cut(b)}` },
    ],
    temperature: 0,
    maxTokens: 16,
  };
  count.calls++;
  let text = '';
  let usage: Usage | undefined;
  let reported: number | undefined;
  try {
    for await (const event of judge.stream(request, signal === undefined ? {} : { signal })) {
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'end') [usage, reported] = [event.usage, event.reportedCost];
    }
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof Error)) throw error;
    return undefined;
  }
  const cost = reported ?? (price === undefined ? undefined : priceOf(usage, price));
  count.cost = cost === undefined || count.cost === undefined ? undefined : count.cost + cost;
  const letter = /^[^A-Za-z]*([ABT])(?![A-Za-z])/.exec(text.slice(0, 200))?.[1];
  return letter === 'A' || letter === 'B' || letter === 'T' ? letter : undefined;
}

function cut(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)} …`;
}
