import type { TokenLogprob } from '@cascadeflow/contract';
import { draftView } from '../text/draft-view.ts';
import { defineSignal } from './define-signal.ts';

/** Fewer tokens than this say nothing about a tail. */
const tailGroup = 16;

/** The log probabilities of a draft, or `undefined` when they are absent or placeholders: all zero, all equal, or below any real value. */
export function realLogprobs(tokens: readonly TokenLogprob[] | undefined): readonly TokenLogprob[] | undefined {
  if (!tokens || tokens.length === 0) return undefined;
  const first = tokens[0]?.logprob;
  let varies = tokens.length === 1 && first !== 0;
  for (const { logprob } of tokens) {
    if (!Number.isFinite(logprob) || logprob <= -1000 || logprob > 1e-6) return undefined;
    if (logprob !== first) varies = true;
  }
  return varies ? tokens : undefined;
}

function sorted(tokens: readonly TokenLogprob[]): number[] {
  return tokens.map((token) => token.logprob).sort((a, b) => a - b);
}

/** Tokens whose log probabilities are sorted and averaged at most; the rest of a longer draft is its own beginning's kind. */
const tokenCap = 4000;

/** Tenth percentile of the token log probabilities. */
export const lowQuantile = defineSignal('logprob-low', ({ draft }) => {
  const tokens = realLogprobs(draft.logprobs?.slice(-tokenCap));
  return tokens && sorted(tokens)[Math.floor(tokens.length / 10)];
});

/** Lowest mean over sixteen neighbouring tokens: where the model was least sure. */
export const weakestGroup = defineSignal('logprob-weakest', ({ draft }) => {
  const tokens = realLogprobs(draft.logprobs?.slice(-tokenCap));
  if (!tokens || tokens.length < tailGroup) return undefined;
  let sum = 0;
  let weakest = 0;
  tokens.forEach((token, index) => {
    sum += token.logprob - (tokens[index - tailGroup]?.logprob ?? 0);
    if (index >= tailGroup - 1) weakest = Math.min(weakest, sum / tailGroup);
  });
  return weakest;
});

/** Mean margin between the two likeliest tokens, in log probability; nothing without alternatives. */
export const meanMargin = defineSignal('logprob-margin', ({ draft }) => {
  const tokens = realLogprobs(draft.logprobs?.slice(-tokenCap));
  let sum = 0;
  let count = 0;
  for (const { top } of tokens ?? []) {
    if (!top || top.length < 2) continue;
    sum += (top[0]?.logprob ?? 0) - (top[1]?.logprob ?? 0);
    count++;
  }
  return count > 0 ? sum / count : undefined;
});

/** Probability of the tokens that make up the final answer, 0 to 1, where they can be found in the draft; nothing otherwise. */
export const answerProbability = defineSignal('answer-probability', ({ request, draft }) => {
  const tokens = realLogprobs(draft.logprobs);
  const answer = tokens && draftView(request, draft).answer?.text.trim();
  if (!tokens || !answer || answer.length > 60) return undefined;
  const at = draft.content.lastIndexOf(answer);
  if (at < 0) return undefined;
  let position = 0;
  let sum = 0;
  let found = false;
  for (const token of tokens) {
    const end = position + token.token.length;
    if (end > at && position < at + answer.length) {
      sum += token.logprob;
      found = true;
    }
    position = end;
  }
  return found ? Math.exp(sum) : undefined;
});
