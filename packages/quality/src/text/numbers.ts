/** A number as it stands in a text. */
export interface FoundNumber {
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** Numbers that are read from one text at most. */
const mostNumbers = 400;
const pattern = /\d+(?:,\d{3})*(?:\.\d+)?/g;

/** The numbers of a text in order, thousands separators removed; a sign is taken only where it cannot be a minus between two terms. */
export function numbersOf(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match && found.length < mostNumbers; match = pattern.exec(text)) {
    const start = match.index;
    const signed = isSign(text, start - 1);
    const value = Number(match[0].includes(',') ? match[0].replaceAll(',', '') : match[0]);
    if (Number.isFinite(value)) found.push({ value: signed ? -value : value, start: signed ? start - 1 : start, end: start + match[0].length });
  }
  return found;
}

function isSign(text: string, at: number): boolean {
  const sign = text[at];
  if (sign !== '-' && sign !== '−') return false;
  if (at === 0) return true;
  if (!' \n\t([{=$,:"'.includes(text[at - 1] ?? '')) return false;
  const before = text[at - 2] ?? '';
  return !(text[at - 1] === ' ' && ((before >= '0' && before <= '9') || before === ')'));
}

const spelled = new Map<string, number>(Object.entries({
  half: 0.5, zero: 0, one: 1, two: 2, twice: 2, double: 2, three: 3, triple: 3, thrice: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9,
  ten: 10, eleven: 11, twelve: 12, dozen: 12, fifteen: 15, twenty: 20, thirty: 30, forty: 40, fifty: 50, hundred: 100, thousand: 1000,
}));

/** The value of an English number word, or `undefined`. */
export function spelledNumber(word: string): number | undefined {
  return spelled.get(word);
}

/** True when two numbers are the same but for rounding (one part in a million). */
export function sameNumber(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
}
