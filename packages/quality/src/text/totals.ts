import { findJson } from './json-text.ts';

/** A line of a list that ends with one amount: "- Rent: 950". */
const amountLine = /^[ \t]{0,8}(?:[-*•+]|\d{1,2}[.)])?[ \t]{0,8}\*{0,3}[^\d\n:|]{2,40}:\*{0,3}[ \t]{0,8}[$€£]?(\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)[ \t]?(?:[$€£]|\p{L}{1,8})?\.?$/u;
const totalWord = /^[ \t]{0,8}(?:[-*•+][ \t]{0,8})?\*{0,3}(?:(?:grand |sub)?total|sum\b|gesamt|summe|insgesamt|somme|suma\b|totale|totaal|итого|всего)/iu;
/** Amounts before a total that must be there. */
const fewestAmounts = 2;
/** What a total may differ by, for rounding. */
const rounding = 0.011;

/** True when a list or a JSON object names a total that none of what stands before it adds up to. */
export function hasWrongTotal(text: string): boolean {
  return /total|sum|gesamt|somme|итого|всего/i.test(text) && (listIsWrong(text) || objectIsWrong(text));
}

function listIsWrong(text: string): boolean {
  if (!text.includes('\n')) return false;
  const before: number[] = [];
  for (const line of text.split('\n')) {
    const amount = amountLine.exec(line)?.[1];
    const value = amount === undefined ? undefined : Number(amount.replaceAll(',', ''));
    if (value !== undefined && totalWord.test(line)) {
      if (before.length >= fewestAmounts && !before.some((_, from) => isSum(value, before.slice(from)))) return true;
      before.length = 0;
    } else if (value !== undefined) before.push(value);
    else if (line.trim() !== '') before.length = 0;
  }
  return false;
}

/** Values of an object beside its total: more could be anything. */
const mostValues = 8;

function objectIsWrong(text: string): boolean {
  const value = text.trim().startsWith('{') ? findJson(text)?.value : undefined;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  const entries = Object.entries(value as { readonly [key: string]: unknown });
  const [name, total] = entries.find(([key]) => /^(?:grand_?)?total/i.test(key)) ?? [];
  const others = entries.filter(([key]) => key !== name).map(([, other]) => other);
  if (typeof total !== 'number' || others.length < fewestAmounts || others.length > mostValues || !others.every((other) => typeof other === 'number')) return false;
  const numbers = others as number[];
  return numbers.reduce((product, number) => product * number, 1) !== total && !sumsOfSome(numbers).some((sum) => Math.abs(sum - total) <= rounding);
}

function sumsOfSome(numbers: readonly number[]): number[] {
  return numbers.reduce<number[]>((sums, number) => [...sums, ...sums.flatMap((sum) => [sum + number, sum - number])], [0]);
}

function isSum(total: number, amounts: readonly number[]): boolean {
  return Math.abs(amounts.reduce((sum, amount) => sum + amount, 0) - total) <= rounding;
}
