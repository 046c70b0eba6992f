import type { Draft, ModelRequest } from '@cascadeflow/contract';
import { finalAnswer, type FinalAnswer } from '../answer/final-answer.ts';
import { normalAnswer, type NormalAnswer } from '../answer/normal-answer.ts';
import { scanText, type TextScan } from './gates.ts';
import { withDecimalPoints } from './equations.ts';
import { findJson, type FoundJson } from './json-text.ts';
import { clip, draftHead, draftTail } from './limits.ts';
import { numbersOf, type FoundNumber } from './numbers.ts';
import { Recent } from './recent.ts';
import { requestView, type RequestView } from './request-view.ts';
import { countWords, wordsOf } from './words.ts';

/** A draft read once, with what several signals need computed at first use. */
export class DraftView {
  /** The draft's text, its middle left out when it is very long. */
  readonly text: string;
  /** The text that explains: for a JSON draft its longest string field, otherwise all of it. */
  readonly prose: string;
  readonly request: RequestView;
  readonly #draft: Draft;
  #answer: { found: FinalAnswer | undefined } | undefined;
  #normal: { found: NormalAnswer | undefined } | undefined;
  #json: { found: FoundJson | undefined } | undefined;
  #words: readonly string[] | undefined;
  #wordCount: number | undefined;
  #scan: TextScan | undefined;
  #textScan: TextScan | undefined;
  #numbers: readonly FoundNumber[] | undefined;

  constructor(request: RequestView, draft: Draft) {
    this.#draft = draft;
    this.request = request;
    this.text = clip(draft.content, draftHead, draftTail);
    this.prose = proseOf(this.text);
  }

  /** The final answer, `undefined` for open text. */
  get answer(): FinalAnswer | undefined {
    return (this.#answer ??= { found: finalAnswer(this.text, this.request, this.textScan) }).found;
  }

  /** The final answer in canonical form. */
  get normal(): NormalAnswer | undefined {
    return (this.#normal ??= { found: this.answer && normalAnswer(this.answer.text, { code: this.request.asksCode }) }).found;
  }

  /** The JSON value in the draft; read from the whole content, however long. */
  get json(): FoundJson | undefined {
    return (this.#json ??= { found: findJson(this.#draft.content) }).found;
  }

  /** Words of the prose, lower case. */
  get words(): readonly string[] {
    return (this.#words ??= wordsOf(this.prose));
  }

  get wordCount(): number {
    return (this.#wordCount ??= this.scan.isAscii ? this.words.length : countWords(this.prose, this.words));
  }

  /** What stands in the prose, and the patterns that may match it. */
  get scan(): TextScan {
    return (this.#scan ??= scanText(this.prose));
  }

  /** The same of the text. */
  get textScan(): TextScan {
    return (this.#textScan ??= this.text === this.prose ? this.scan : scanText(this.text));
  }

  /** Numbers of the prose. */
  get numbers(): readonly FoundNumber[] {
    return (this.#numbers ??= numbersOf(this.request.writesCommas ? withDecimalPoints(this.prose) : this.prose));
  }
}

const views = new Recent<Draft, DraftView>();

/** The view of a draft; the same object for the same draft and request, as long as few others are asked for. */
export function draftView(request: ModelRequest, draft: Draft): DraftView {
  const asked = requestView(request);
  const view = views.get(draft);
  return view?.request === asked ? view : views.set(draft, new DraftView(asked, draft));
}

const looksLikeObject = /^(?:```\w{0,10})?\s{0,20}\{/;

/** The longest string field of a JSON draft, escapes undone; anything else as it is. */
function proseOf(text: string): string {
  if (!looksLikeObject.test(text)) return text;
  let [from, to] = [0, 0];
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = stringEnd(text, at);
    if (end - at > to - from) [from, to] = [at + 1, end];
    at = text.indexOf('"', end + 1);
  }
  if (to - from < text.length / 3) return text;
  return text.slice(from, to).replace(/\\(?:n|t)(?![a-z])/g, '\n').replace(/\\(["\\/])/g, '$1');
}

/** Where the string that begins at a quote ends; the end of the text when it is never closed. */
function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 92) index++;
    else if (char === 34) return index;
  }
  return text.length;
}
