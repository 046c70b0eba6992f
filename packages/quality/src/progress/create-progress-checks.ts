import type { ProgressChecks, ProgressFinding, SignalInput, TokenLogprob } from '@cascadeflow/contract';
import { guessLanguage, scriptOf } from '../text/language.ts';
import { requestView, type RequestView } from '../text/request-view.ts';
import { wordsOf } from '../text/words.ts';
import { opensWithRefusal } from '../signals/refusal.ts';
import { wordLimit } from '../signals/length.ts';
import { translates } from '../text/asked-language.ts';
import { priorProbability } from '../accept/prior.ts';
import { acceptModelReady } from '../accept/weights.ts';
import { JsonPrefix } from './json-prefix.ts';

/** Characters kept of a draft's beginning, enough to tell its language and whether it refuses. */
const headSize = 320;
/** Characters kept of its end, in which loops are looked for. */
const tailSize = 600;
/** New characters between two looks at the end. */
const tailStep = 200;
/** Times a stretch is repeated at the end before the draft is a loop. */
const loopRounds = 5;
/** Tokens over which confidence is averaged, and the mean log probability below which it has collapsed; chosen by hand, far below real text. */
const collapse = { tokens: 32, mean: -3.5 };
/** A draft this many times over the words that were allowed cannot pass. */
const overLimit = 3;

/**
 * Watches a draft while it streams and says as soon as it cannot pass any more: a JSON prefix that cannot become valid, a refusal, a loop,
 * another language than the request's, an unknown tool, collapsed confidence, a length far over the limit.
 *
 * `probability` is what is known of the finished draft from request and model alone, while nothing speaks against it; it is absent until the
 * accept model has been loaded by the first verdict.
 */
export function createProgressChecks(input: Omit<SignalInput, 'draft'>): ProgressChecks {
  const { request } = input;
  /** Read late: most drafts are whole before it is asked for. */
  let read: RequestView | undefined;
  const asked = (): RequestView => (read ??= requestView(request));
  const format = request.responseFormat;
  let json = format && format.type !== 'text' ? new JsonPrefix(format.type === 'json-schema' ? format.schema : undefined) : undefined;
  let prior: number | undefined;
  /** Reading the accept model takes longer than all checks, and most callers only want to know whether a draft is dead. */
  const alive = {
    get probability() {
      return (prior ??= priorProbability(input) ?? 0);
    },
  };
  let head = '';
  let tail = '';
  let sinceLook = 0;
  let length = 0;
  let headJudged = false;
  let dead: string | undefined;
  let confidence = 0;
  let tokensSeen = 0;

  const finding = (): ProgressFinding => {
    if (dead !== undefined) return { dead, probability: 0 };
    return acceptModelReady() ? alive : {};
  };

  function lookAtHead(): string | undefined {
    if (opensWithRefusal(head)) return 'The draft refuses to answer.';
    if (head.length < headSize || headJudged) return undefined;
    headJudged = true;
    const view = asked();
    if (translates(view) || view.asksCode || json) return undefined;
    const script = scriptOf(view.question);
    const given = scriptOf(head);
    const language = guessLanguage(view.words)?.language;
    const own = guessLanguage(wordsOf(head));
    const other = script && given && script !== given && !(script === 'kana' && given === 'han');
    return other || (language && own && own.language !== language && own.share > 0.2) ? 'The draft is in another language than the request.' : undefined;
  }

  function lookAtTail(): string | undefined {
    const limit = wordLimit(asked());
    if (limit !== undefined && length > limit * overLimit * 12 + 400) return 'The draft is far longer than was asked for.';
    return isLoop(tail) ? 'The draft repeats itself in a loop.' : undefined;
  }

  function lookAtTokens(logprobs: readonly TokenLogprob[]): string | undefined {
    for (const { logprob } of logprobs) {
      if (!Number.isFinite(logprob) || logprob <= -1000) return undefined;
      tokensSeen++;
      confidence += (logprob - confidence) / Math.min(tokensSeen, collapse.tokens);
    }
    return tokensSeen >= collapse.tokens && confidence < collapse.mean ? 'The model has lost all confidence in what it writes.' : undefined;
  }

  return {
    push(text, logprobs) {
      if (dead !== undefined) return finding();
      length += text.length;
      if (json) {
        const failure = readJson(text);
        if (failure) dead = failure;
      }
      if (head.length < headSize) {
        head += text.slice(0, headSize - head.length);
        dead ??= lookAtHead();
      }
      tail = text.length >= tailSize ? text.slice(-tailSize) : (tail + text).slice(-tailSize);
      sinceLook += text.length;
      if (sinceLook >= tailStep) {
        sinceLook = 0;
        dead ??= lookAtTail();
      }
      if (logprobs && logprobs.length > 0) dead ??= lookAtTokens(logprobs);
      return finding();
    },
    toolCall(name) {
      if (!request.tools?.some((tool) => tool.name === name)) dead ??= `The draft calls the tool "${name}", which does not exist.`;
      json = undefined;
      return finding();
    },
  };

  /** Leading white space and a code fence are let through; with a fence the end of the JSON is not checked. */
  function readJson(text: string): string | undefined {
    if (!json) return undefined;
    if (head === '' && /^\s*$/.test(text)) return undefined;
    if (head === '' && /^\s*`/.test(text)) {
      json = undefined;
      return undefined;
    }
    return json.push(text);
  }
}

/** True when the text ends in the same stretch of 2 to 100 characters again and again. */
function isLoop(text: string): boolean {
  const longest = Math.min(100, Math.floor(text.length / loopRounds));
  const end = text.length;
  for (let period = 2; period <= longest; period++) {
    const rounds = Math.max(loopRounds, Math.ceil(120 / period));
    if (period * rounds > end) continue;
    let same = true;
    for (let at = end - 1; at >= end - period * (rounds - 1); at--) {
      if (text[at] !== text[at - period]) {
        same = false;
        break;
      }
    }
    if (same && /[\p{L}\p{N}]/u.test(text.slice(end - period))) return true;
  }
  return false;
}
