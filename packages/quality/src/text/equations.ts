import { sameNumber } from './numbers.ts';

/** An equation whose left side could be computed. */
export interface CheckedEquation {
  readonly computed: number;
  readonly stated: number;
  readonly right: boolean;
  /** Two to five plain numbers with operators between them, nothing that could have been misread. */
  readonly plain: boolean;
  /** The text ends with it. */
  readonly last: boolean;
}

const plain = /\\(?:times|cdot)(?![a-zA-Z])|[×·∗]|(?<=\d\s?)x(?=\s?[\d$(])/g;
const noise = /[$€£]|\\[()[\],!;]|\\%|\\text\{[^{}]{0,40}\}|[{}](?!\\)/g;
const perUnit = /(\d)\s?(?:\/|per)\s?[a-zA-Z]{1,14}\b/g;
const unit = /([\d)%])[ -]?(?!x\b)[a-zA-Z]{2,14}\b(?: (?:of |per )?[a-zA-Z]{2,14}\b)?(?=\s*[-+*/=÷)])/g;
const result = /^\s*([-−]?\s?\d+(?:,\d{3})*(?:\.\d+)?)(\s?%)?/;
const fraction = /^\/(\d{1,4})(?![\d.])/;
const goesOn = /^\s?(?:[-+*/^÷(\\]|(?![gmlhs](?:[.,;)\s]|$))[a-zA-Z]\b(?!\s[a-z])|\d)/;

const plainSum = /^\d+(?:,\d{3})*(?:\.\d+)?(?:\s*[-+*/÷−]\s*\d+(?:,\d{3})*(?:\.\d+)?){1,4}$/;

/** The comma of a decimal fraction, where no point is one. */
const decimalComma = /(?<=(?:^|[^\d,.(])\d{1,6}),(?=\d{1,2}(?![\d,]))/g;

const emphasis = /(?<![\p{L}\p{N})\]*])\*{1,2}(?=[^\s*])([^*\n]{1,60}?)(?<=[^\s*])\*{1,2}(?![\p{N}(*])/gu;

/** The text without the asterisks that set off a part of it: "= **72 km/h**". */
export function withoutEmphasis(text: string): string {
  return text.includes('*') ? text.replace(emphasis, '$1') : text;
}

/** The text with points in its decimal fractions, where it writes commas. */
export function withDecimalPoints(text: string): string {
  return /\d\.\d/.test(text) ? text : text.replace(decimalComma, '.');
}

/** Characters before an equals sign that may belong to its left side. */
const reach = 80;
/** Equations that are computed at most. */
const maxEquations = 60;

/** Computes the arithmetic that a text writes out, `3 * 4 = 11` and the like, and says which of it is right. Rounded results count as right. */
export function checkEquations(text: string): CheckedEquation[] {
  const cleaned = withDecimalPoints(withoutEmphasis(text))
    .replace(/\\[dt]?frac\s*\{([^{}]{1,40})\}\s*\{([^{}]{1,40})\}/g, '(($1)/($2))')
    .replace(plain, '*')
    .replace(noise, '')
    .replace(perUnit, '$1')
    .replace(unit, '$1');
  const checked: CheckedEquation[] = [];
  for (let at = cleaned.indexOf('='); at >= 0 && checked.length < maxEquations; at = cleaned.indexOf('=', at + 1)) {
    const right = cleaned.slice(at + 1, at + 30);
    const match = result.exec(right);
    if (!match?.[1]) continue;
    const divisor = fraction.exec(right.slice(match[0].length));
    const rest = right.slice(match[0].length + (divisor?.[0].length ?? 0));
    if (goesOn.test(rest)) continue;
    const expression = leftSide(cleaned.slice(Math.max(0, at - reach), at));
    if (!expression) continue;
    const computed = evaluate(expression);
    const stated = toNumber(match[1]) / Number(divisor?.[1] ?? 1);
    if (computed === undefined || !Number.isFinite(stated)) continue;
    checked.push({ computed, stated, right: agrees(computed, stated, match[1], match[2] !== undefined), plain: plainSum.test(expression) && match[2] === undefined, last: at + 30 >= cleaned.length && /^[.\s]*$/.test(rest) });
  }
  return checked;
}

function toNumber(figure: string): number {
  const value = Number(figure);
  return Number.isNaN(value) ? Number(figure.replaceAll(',', '').replace('−', '-').replaceAll(' ', '')) : value;
}

const ofSum = new Uint8Array(128);
for (const char of '0123456789.,%()+-*/ \t\n\r\f\v') ofSum[char.charCodeAt(0)] = 1;

/** True for what sums are written with: figures, operators, brackets, white space. */
function isOfSum(code: number): boolean {
  return code < 128 ? ofSum[code] === 1 : /[\s÷−]/.test(String.fromCharCode(code));
}

/** The arithmetic that ends a text, `undefined` when there is none or a variable stands in it. */
function leftSide(before: string): string | undefined {
  let start = before.length;
  while (start > 0 && isOfSum(before.charCodeAt(start - 1))) start--;
  const stop = before[start - 1];
  let expression = lastClause(before.slice(start)).trim();
  if (stop !== undefined && /[a-zA-Z_^\\|]/.test(stop) && expression.length >= before.length - start - 1 && /^[-+*/(]|^\d/.test(before.slice(start))) return undefined;
  expression = balanced(expression);
  if (/^[.,\s]/.test(expression)) expression = expression.replace(/^[.,\s]+/, '');
  // A leading operator means that a part which could not be read stands before it.
  if (/^[*/+÷\-−]/.test(expression)) return undefined;
  if (/^\(?[a-z]?\d+[.)]\s/.test(expression)) expression = expression.replace(/^\(?\d+[.)]\s+/, '');
  return /[+\-*/÷−%]/.test(expression.slice(1)) ? expression : undefined;
}

/** What follows the last line break, or the last full stop, comma or colon before white space. */
function lastClause(text: string): string {
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === '\n' || (index > 0 && '.,:'.includes(text[index - 1] as string) && /\s/.test(text[index] as string))) return text.slice(index + 1);
  }
  return text;
}

/** The text from where its brackets are balanced on. */
function balanced(text: string): string {
  let depth = 0;
  for (let index = text.length - 1; index >= 0; index--) {
    if (text[index] === ')') depth++;
    else if (text[index] === '(' && --depth < 0) return text.slice(index + 1);
  }
  return text;
}

/** Factors between units that texts change on the way: cents, percent, minutes and seconds, dozens, kilo. */
const conversions = [100, 60, 3600, 12, 1000];

/** True when a stated result is what was computed, rounded as it is written or in another unit. `literal` is how it is written. */
export function agrees(computed: number, stated: number, literal: string, percent: boolean): boolean {
  if (sameNumber(computed, stated)) return true;
  if (percent && (sameNumber(computed * 100, stated) || Math.abs(computed * 100 - stated) <= 0.51)) return true;
  if (conversions.some((factor) => sameNumber(computed, stated * factor) || sameNumber(computed * factor, stated))) return true;
  if (Number.isInteger(stated) && Math.floor(computed) === stated) return true;
  const decimals = literal.includes('.') ? literal.length - literal.indexOf('.') - 1 : 0;
  return Math.abs(computed - stated) <= 0.51 * 10 ** -decimals && (decimals > 0 || Math.abs(stated) >= 5 || computed % 1 !== 0);
}

/** What most texts compute at a time. */
const twoNumbers = /^(\d+(?:\.\d+)?)\s*([-+*/])\s*(\d+(?:\.\d+)?)$/;

function apply(operator: string, left: number, right: number): number | undefined {
  const value = operator === '+' ? left + right : operator === '-' ? left - right : operator === '*' ? left * right : left / right;
  return Number.isFinite(value) ? value : undefined;
}

/** Evaluates numbers, `+ - * / ÷ %` and parentheses; `undefined` when the text is anything else. */
export function evaluate(expression: string): number | undefined {
  const [, left, operator, right] = twoNumbers.exec(expression) ?? [];
  if (left !== undefined && operator !== undefined && right !== undefined) return apply(operator, Number(left), Number(right));
  const tokens = expression.replaceAll(',', '').replaceAll('−', '-').replaceAll('÷', '/').match(/\d+(?:\.\d+)?|\.\d+|[-+*/()%]|\S/g);
  if (!tokens || tokens.length > 60) return undefined;
  let at = 0;
  const factor = (): number => {
    const token = tokens[at++];
    if (token === '-') return -factor();
    let value: number;
    if (token === '(') {
      value = sum();
      if (tokens[at++] !== ')') return Number.NaN;
    } else value = token === undefined ? Number.NaN : Number(token);
    while (tokens[at] === '%') {
      value /= 100;
      at++;
    }
    return value;
  };
  const product = (): number => {
    let value = factor();
    while (tokens[at] === '*' || tokens[at] === '/') value = tokens[at++] === '*' ? value * factor() : value / factor();
    return value;
  };
  const sum = (): number => {
    let value = product();
    while (tokens[at] === '+' || tokens[at] === '-') value = tokens[at++] === '+' ? value + product() : value - product();
    return value;
  };
  const value = sum();
  return at === tokens.length && Number.isFinite(value) ? value : undefined;
}
