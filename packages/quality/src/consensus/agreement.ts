import { cosine, type Draft, type Embedder, type ModelRequest } from '@cascadeflow/contract';
import { DraftView, draftView } from '../text/draft-view.ts';
import { requestView } from '../text/request-view.ts';
import { claimsOverlap } from './claims.ts';
import { compareAnswers } from './compare-answers.ts';

/** Characters of an open answer that are embedded. */
const embedCap = 2000;
/** Cosine at which two answers to one question still say different things; measured on unrelated answers with small sentence models. */
const strangers = 0.5;

/** True when both drafts have a final answer, or the request offers options, so that disagreeing means contradicting. */
export function areComparable(a: DraftView, b: DraftView): boolean {
  return a.request.options.length > 0 || (a.normal !== undefined && b.normal !== undefined && !(isProse(a) && isProse(b)));
}

/** A final answer that is a sentence rather than a value. */
function isProse(view: DraftView): boolean {
  return view.normal?.kind === 'text' && (view.answer?.text.trim().split(/\s+/, proseWords + 1).length ?? 0) > proseWords;
}

/** Words from which a final answer is a sentence. */
const proseWords = 6;

/** Agreement of two drafts by their final answers; `undefined` when either is open text. */
export function answerAgreement(a: DraftView, b: DraftView): number | undefined {
  if (!a.normal || !b.normal) return undefined;
  return compareAnswers(a.normal, b.normal, a.request.options);
}

/** Agreement of two drafts without an embedder, 0 to 1. */
export function textAgreement(a: DraftView, b: DraftView): number {
  const answers = answerAgreement(a, b);
  if (answers !== undefined) return answers;
  if (a.request.options.length > 0 || (a.normal === undefined) !== (b.normal === undefined)) return a.request.options.length > 0 ? 0 : claimsOverlap(a, b) / 2;
  return claimsOverlap(a, b);
}

/**
 * How far two answers to one request agree, 0 to 1.
 *
 * Final answers are extracted and compared where there are any: numbers, letters, yes and no, dates, lists, sets, JSON fields, the output of
 * code. Open text is compared by its words, names and numbers, or by meaning when an embedder is given, which makes the result a promise.
 */
export function agreement(request: ModelRequest, a: Draft | string, b: Draft | string): number;
export function agreement(request: ModelRequest, a: Draft | string, b: Draft | string, embedder: Embedder | undefined): number | Promise<number>;
export function agreement(request: ModelRequest, a: Draft | string, b: Draft | string, embedder?: Embedder): number | Promise<number> {
  const [left, right] = [viewFor(request, a), viewFor(request, b)];
  const exact = left.normal !== undefined || right.normal !== undefined || left.request.options.length > 0;
  if (exact || !embedder) return textAgreement(left, right);
  return embedder.embed([left.prose.slice(0, embedCap), right.prose.slice(0, embedCap)]).then(([first, second]) => {
    if (!first || !second) return textAgreement(left, right);
    return Math.max(0, Math.min(1, (cosine(first, second) - strangers) / (1 - strangers)));
  });
}

function viewFor(request: ModelRequest, answer: Draft | string): DraftView {
  return typeof answer === 'string' ? new DraftView(requestView(request), bare(answer)) : draftView(request, answer);
}

function bare(content: string): Draft {
  return { provider: '', model: '', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
}
