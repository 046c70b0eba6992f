import { answerField, findJson, unfence } from '../text/json-text.ts';
import { gated, mark, mayMatch, type TextScan } from '../text/gates.ts';
import type { Option } from '../text/options.ts';
import type { RequestView } from '../text/request-view.ts';
import { boxed } from './latex.ts';

/** How a final answer was found, surest first. */
export type AnswerSource = 'field' | 'json' | 'boxed' | 'marked' | 'stated' | 'option' | 'whole' | 'code' | 'number';

/** The answer that a draft ends with, without the way to it. */
export interface FinalAnswer {
  /** As it stands in the draft, not yet normalised. */
  readonly text: string;
  readonly source: AnswerSource;
  /** Where it begins in the draft, when known. */
  readonly at?: number;
}

const marked = /^[ \t]{0,8}####[ \t]{0,8}(\S[^\n]{0,200})/gm;
const statedLetter = /(?:answer|choice|option|antwort|réponse|respuesta|risposta|ответ|答案|答え)(?:\s{1,3}(?:is|ist|est|es|è)|是|は|为)?\s{0,3}:?\s{0,3}(?:\*\*|\$\\?(?:text|boxed)?\{?)?\s{0,3}\(?([A-Z])(?:\)|\b)(?!['’])/gi;
const stated = gated(/(?<!\b(?:if|when|once|whether|si|se|wenn|falls) (?:the |la |die )?)(?:(?:final|correct|the) answer(?![a-z])|(?:answer|antwort|réponse|respuesta|risposta|ответ|答案|答え)(?=\s{0,3}(?:(?:is|ist|est|es|è)\s|[::*]|是|は|为)))(?:\s{1,3}(?:is|ist|est|es|è))?(?:\s{0,3}[::]|是|は|为)?\s{0,3}(?:\*\*)?\s{0,3}[::]?\s{0,3}([^\n]{1,200})/gi, 'answer antwort respuesta risposta');
const fencedCode = /```[\w+#-]*\n([\s\S]*?)```/;
const leadingLetter = /^\(?([A-Z])(?:[).:]|\s*$)/;
const yesNo = /^(?:\*\*)?(yes|no|true|false|oui|non|ja|nein|sí|да|нет|はい|いいえ|是|否)(?![\p{L}])/iu;

const asksWhy = /^(?:why|warum|wieso|pourquoi|por qu[eé]|perché|dlaczego|почему|为什么|なぜ|왜)(?!\p{L})/iu;

/** Words up to which a draft without markers is its own answer. */
const shortAnswer = 14;

/** Finds the final answer of a draft; `undefined` for open text, which has none. */
export function finalAnswer(text: string, view: RequestView, scan: TextScan): FinalAnswer | undefined {
  const body = unfence(text);
  const field = (scan.marks & mark.quote) === 0 ? undefined : answerField(body);
  if (field !== undefined && field.trim() !== '') return { text: field, source: 'field' };
  if (/^[{[]/.test(body) || view.asksJson) {
    const json = findJson(text);
    if (json && json.value !== null && typeof json.value === 'object') return { text: JSON.stringify(json.value), source: 'json' };
  }
  const option = view.options.length > 0 ? optionAnswer(text, view.options) : undefined;
  if (option) return option;
  const box = boxed(text);
  if (box !== undefined) return { text: box, source: 'boxed' };
  const line = (scan.marks & mark.hash) === 0 ? undefined : last(marked, text);
  if (line) return { text: line[1] ?? '', source: 'marked', at: line.index };
  if (view.options.length > 0) return undefined;
  if (view.asksCode) {
    const code = fencedCode.exec(text);
    if (code) return { text: code[1] ?? '', source: 'code', at: code.index };
  }
  const said = mayMatch(stated, scan) ? last(stated.pattern, text) : undefined;
  if (said && (said.index > text.length - 400 || said.index < 40)) return { text: firstClause(said[1] ?? ''), source: 'stated', at: said.index };
  const trimmed = text.trim();
  const pieces = trimmed.length > 120 || (!scan.isAscii && wideCount(trimmed) > 2 * shortAnswer) ? shortAnswer + 1 : piecesOf(trimmed, shortAnswer + 1);
  if (pieces <= shortAnswer) {
    const number = view.asksNumber && pieces > 2 ? lastNumber(text) : undefined;
    return number ?? { text: trimmed, source: 'whole' };
  }
  if (view.asksYesNo) {
    const word = yesNo.exec(trimmed);
    if (word) return { text: word[1] ?? '', source: 'stated', at: 0 };
  }
  return view.asksNumber || (view.numbers.length >= 2 && !view.asksText && !view.asksCode && !asksWhy.test(view.question)) ? lastNumber(text) : undefined;
}

/** Characters of scripts that put no spaces between words; two of them are about a word. */
function wideCount(text: string): number {
  return text.match(/[\u3041-\u30FF\u3400-\u9FFF]/g)?.length ?? 0;
}

function optionAnswer(text: string, options: readonly Option[]): FinalAnswer | undefined {
  const highest = options.at(-1)?.letter ?? 'A';
  const said = last(statedLetter, text);
  const letter = said?.[1]?.toUpperCase();
  if (said && letter && letter <= highest) return { text: letter, source: 'stated', at: said.index };
  const trimmed = text.trim();
  const lead = leadingLetter.exec(trimmed)?.[1];
  if (lead && lead <= highest) return { text: lead, source: 'option', at: 0 };
  const lower = trimmed.toLowerCase();
  const named = options.filter((option) => option.text.length > 2 && lower.includes(option.text.toLowerCase()));
  if (named.length === 1 && named[0]) return { text: named[0].letter, source: 'option' };
  return undefined;
}

/** The last match of a global pattern. */
function last(pattern: RegExp, text: string): RegExpExecArray | undefined {
  let found: RegExpExecArray | undefined;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) found = match;
  return found;
}

/** How many pieces white space cuts a trimmed text into, counted up to `most`. */
function piecesOf(text: string, most: number): number {
  let pieces = 1;
  let inSpace = false;
  for (let index = 0; index < text.length && pieces < most; index++) {
    const code = text.charCodeAt(index);
    const isSpace = code === 32 || (code < 14 && code > 8) || (code > 127 && /\s/.test(text[index] as string));
    if (isSpace && !inSpace) pieces++;
    inSpace = isSpace;
  }
  return pieces;
}

function firstClause(text: string): string {
  const plain = text.replaceAll('**', '');
  const end = plain.search(/(?<=[^\d\s])[.;](?:\s|$)|\.(?:\s|$)|。/);
  return (end < 0 ? plain : plain.slice(0, end)).trim();
}

/** Characters at the end of a draft in which an unmarked number may be its answer. */
const numberTail = 160;
const trailingNumber = /[-−]?[$€£]?\d[\d,]*(?:\.\d+)?%?/g;

function lastNumber(text: string): FinalAnswer | undefined {
  const start = Math.max(0, text.length - numberTail);
  const found = last(trailingNumber, text.slice(start));
  return found ? { text: found[0], source: 'number', at: start + found.index } : undefined;
}
