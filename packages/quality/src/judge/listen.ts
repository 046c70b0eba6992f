import { cosine, type Embedder, type JudgeInput } from '@cascadeflow/contract';
import { agreement, areComparable } from '../consensus/agreement.ts';
import { compareCalls } from '../consensus/same-calls.ts';
import { draftView } from '../text/draft-view.ts';
import { requestView } from '../text/request-view.ts';
import type { Assessment } from './assess.ts';

/** What others say about a draft. */
export interface Heard {
  /** How far each opinion agrees with the draft, 0 to 1, in the order of the opinions. */
  readonly agreements: readonly number[];
  /** True for opinions whose final answer was compared with the draft's; open texts that differ need not contradict each other. */
  readonly exact: readonly boolean[];
  /** Cosine of request and draft, where an embedder was asked. */
  readonly alignment?: number;
}

/** Characters of request and draft that are embedded. */
const embedCap = 2000;
/** Shorter drafts than this many words are not compared with their request: "4" is like no question. */
const enoughWords = 12;

/** Compares the draft with the opinions, and with its request when an embedder is given. An embedder that fails is as good as none. */
export function listen(input: JudgeInput, embedder: Embedder | undefined, assessment: Assessment): Heard | Promise<Heard> {
  const { request, draft, opinions = [] } = input;
  if ([draft, ...opinions].some((one) => one.toolCalls.length > 0)) return { agreements: opinions.map((opinion) => compareCalls(draft, opinion)), exact: opinions.map(() => true) };
  const exact = opinions.map((opinion) => areComparable(draftView(request, draft), draftView(request, opinion)));
  const plain = () => ({ agreements: opinions.map((opinion) => agreement(request, draft, opinion)), exact });
  if (!embedder || assessment.veto !== undefined) return plain();
  return hear(input, embedder, exact).catch(plain);
}

async function hear(input: JudgeInput, embedder: Embedder, exact: readonly boolean[]): Promise<Heard> {
  const { request, draft, opinions = [], signal } = input;
  const view = draftView(request, draft);
  const agreements = await Promise.all(opinions.map(async (opinion) => agreement(request, draft, opinion, embedder)));
  if (view.wordCount < enoughWords || view.request.asksCode) return { agreements, exact };
  const [asked, given] = await embedder.embed([requestView(request).question.slice(0, embedCap), view.prose.slice(0, embedCap)], signal ? { signal } : undefined);
  return { agreements, exact, ...(asked && given && { alignment: cosine(asked, given) }) };
}
