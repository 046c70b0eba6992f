import { parseJson } from '../text/json-text.ts';
import { plainLatex } from './latex.ts';

/** A final answer in a form in which equal answers are equal. */
export interface NormalAnswer {
  readonly kind: 'number' | 'letter' | 'truth' | 'date' | 'list' | 'set' | 'object' | 'text';
  /** Canonical text; equal for equal answers of one kind. */
  readonly key: string;
  readonly number?: number;
  /** Parts of a list, set or object, in canonical form and order. */
  readonly parts?: readonly string[];
}

const truth: { readonly [word: string]: string } = {
  yes: 'true', true: 'true', oui: 'true', ja: 'true', sí: 'true', да: 'true', はい: 'true', 是: 'true',
  no: 'false', false: 'false', non: 'false', nein: 'false', нет: 'false', いいえ: 'false', 否: 'false',
};
const numeric = /^([-+−]?)\s*(?:[$€£¥]|usd|rs\.?)?\s*([-+−]?\d[\d,]*(?:\.\d+)?|\.\d+)\s*(?:%|percent)?(?:\s+[a-z]|[a-z]{2})?[a-z. /²³-]{0,30}$/;
const fraction = /^([-−]?)\s*\(?\s*(-?\d+(?:\.\d+)?)\s*\)?\s*\/\s*\(?\s*(-?\d+(?:\.\d+)?)\s*\)?$/;
const isoDate = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthFirst = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/;
const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? (?:of )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? (\d{4})$/;

/** Brings a final answer into canonical form. `code` keeps letter case and spaces inside quotes, which matter for the output of a program. */
export function normalAnswer(raw: string, form: { readonly code?: boolean } = {}): NormalAnswer {
  const trimmed = raw.trim().slice(0, 2000);
  const structured = structure(trimmed, form);
  if (structured) return structured;
  const plain = strip(plainLatex(trimmed));
  const lower = oneSpaced(plain.toLowerCase());
  const word = truth[lower];
  if (word) return { kind: 'truth', key: word };
  if (/^\(?[A-Z]\)?$/.test(plain) || /^\(?[A-Z][).:] /.test(plain)) return { kind: 'letter', key: plain.replace('(', '')[0] ?? '' };
  if (/\d/.test(lower)) {
    const value = toNumber(lower);
    if (value !== undefined) return { kind: 'number', key: String(value), number: value };
    const date = toDate(lower);
    if (date) return { kind: 'date', key: date };
  }
  if (form.code) return { kind: 'text', key: plain.replace(/["'`]/g, "'") };
  return new TextAnswer(lower);
}

/** Open text. Its key is made when it is asked for: most are never compared. */
class TextAnswer implements NormalAnswer {
  readonly kind = 'text';
  readonly #lower: string;

  constructor(lower: string) {
    this.#lower = lower;
  }

  get key(): string {
    return this.#lower.replace(/[\s*_`"'“”‘’]/g, '').replace(/^(?:the|an|a)(?=[a-z]{3})/, '');
  }
}

/** Text whose words are one space apart. */
function oneSpaced(text: string): string {
  return (/[^\S ]|  /.test(text) ? text.replace(/\s+/g, ' ') : text).trim();
}

function strip(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && /[\s*`"'“]/.test(text[from] as string)) from++;
  while (to > from && /[\s*`"'”.。!]/.test(text[to - 1] as string)) to--;
  const bare = text.slice(from, to);
  return (bare.includes('=') ? bare.replace(/^\s*[a-z]\w?\s*=\s*(?=\S)/i, '') : bare).trim();
}

/** "48,60": thousands have three figures. */
const decimalComma = /^[-+−]?\d+,\d{1,2}$/;

function toNumber(text: string): number | undefined {
  const ratio = fraction.exec(text);
  if (ratio) {
    const below = Number(ratio[3]);
    if (below === 0) return undefined;
    return Number(((ratio[1] ? -1 : 1) * Number(ratio[2])) / below);
  }
  const match = numeric.exec(text);
  if (!match) return undefined;
  const digits = (decimalComma.test(match[2] ?? '') ? (match[2] ?? '').replace(',', '.') : (match[2] ?? '').replaceAll(',', '')).replace('−', '-').replace('+', '');
  const value = Number(digits);
  if (!Number.isFinite(value)) return undefined;
  return match[1] === '-' || match[1] === '−' ? -value : value;
}

function toDate(text: string): string | undefined {
  const iso = isoDate.exec(text);
  if (iso) return `${iso[1]}-${iso[2]?.padStart(2, '0')}-${iso[3]?.padStart(2, '0')}`;
  const first = monthFirst.exec(text);
  if (first) return dated(first[3], first[1], first[2]);
  const day = dayFirst.exec(text);
  return day ? dated(day[3], day[2], day[1]) : undefined;
}

function dated(year = '', month = '', day = ''): string {
  return `${year}-${String(months.indexOf(month) + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** Lists, sets, tuples and objects, read as JSON or as the literals of a programming language. */
function structure(text: string, form: { readonly code?: boolean }): NormalAnswer | undefined {
  const open = text[0];
  const close = text.at(-1);
  const pair = `${open ?? ''}${close ?? ''}`;
  if (pair !== '[]' && pair !== '{}' && pair !== '()') return undefined;
  const json = pair === '()' ? undefined : parseJson(text);
  if (Array.isArray(json)) {
    const parts = json.map((item) => canonical(item));
    return { kind: 'list', key: parts.join('\u0000'), parts };
  }
  if (json && typeof json === 'object') {
    const parts = Object.entries(json).map(([name, value]) => `${name}\u0001${canonical(value)}`).sort();
    return { kind: 'object', key: parts.join('\u0000'), parts };
  }
  const pieces = split(text.slice(1, -1));
  if (pieces.length === 1 && pair === '()') return undefined;
  const parts = pieces.map((piece) => normalAnswer(piece, form).key);
  if (pair === '{}') parts.sort();
  return { kind: pair === '{}' ? 'set' : 'list', key: parts.join('\u0000'), parts };
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return normalAnswer(String(value)).key;
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.entries(value).map(([name, inner]) => `${name}:${canonical(inner)}`).sort().join(',')}}`;
}

/** Splits at commas that stand outside brackets and quotes. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] ?? '';
    if (quote) {
      if (char === '\\') index++;
      else if (char === quote) quote = '';
    } else if (char === '"' || (char === "'" && !/\w/.test(text[index - 1] ?? ''))) quote = char;
    else if ('[{('.includes(char)) depth++;
    else if (')}]'.includes(char)) depth--;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  const rest = text.slice(start).trim();
  if (rest !== '') parts.push(rest);
  return parts;
}
