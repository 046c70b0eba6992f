import type { DraftView } from '../text/draft-view.ts';

const name = /(?<=[\p{L},;:)] )\p{Lu}[\p{L}\d-]{2,}/gu;

/** Weight of names and numbers against plain words: two texts that agree in words but not in figures do not agree. */
const factWeight = 2;

function counted(items: Iterable<string>, most: number): Set<string> {
  const found = new Set<string>();
  for (const item of items) {
    found.add(item);
    if (found.size >= most) break;
  }
  return found;
}

function dice(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const item of a) if (b.has(item)) shared++;
  return (2 * shared) / (a.size + b.size);
}

/** How far two open texts say the same, 0 to 1: shared content words, and shared names and numbers counted double where both have any. */
export function claimsOverlap(a: DraftView, b: DraftView): number {
  const words = [a, b].map((view) => counted(view.words.filter((word) => word.length > 3).map((word) => word.slice(0, 6)), 400)) as [Set<string>, Set<string>];
  const facts = [a, b].map((view) =>
    counted([...(view.prose.slice(0, 6000).match(name) ?? []).map((found) => found.toLowerCase()), ...view.numbers.map((number) => String(number.value))], 200),
  ) as [Set<string>, Set<string>];
  if (words[0].size === 0 || words[1].size === 0) return a.text.trim() !== '' && a.text.trim() === b.text.trim() ? 1 : 0;
  const said = dice(...words);
  if (facts[0].size < 2 || facts[1].size < 2) return said;
  return (said + factWeight * dice(...facts)) / (1 + factWeight);
}
