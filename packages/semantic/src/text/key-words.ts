/** Words that say nothing about a subject: English function words and what questions are made of. */
const stopWords = new Set(
  ('a about above after again all also am an and any are as ask asked asking at be because been before being below between both but by can could did do does doing down during each either few following for from further give given had has have having he her here hers him his how i if in into is it its just know let like made make many may me might more most much must my no nor not now of off on once one only or other our out over own please same say she should so some such tell than that the their them then there these they this those through to too under until up us use used using very want was way we were what when where which while who whom whose why will with would write you your').split(' '),
);

/** Most key words taken of one text, in order. */
export const MOST_KEY_WORDS = 48;
/** Only this much of a text is read for its words. */
const LONGEST_READ = 100_000;

const words = /\p{Script=Han}|[\p{L}\p{M}\p{N}]+/gu;

/** A word without the endings that change from question to answer: `baking`, `bakes` and `baked` are one. */
export function toStem(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (plain.length < 5 || !/^[a-z]+$/.test(plain)) return plain;
  return plain.replace(/(?:ations?|ing|ies|ied|ed|es|ly|s|e|y)$/, '');
}

/** Stems of all words of a text. */
export function stemsOf(text: string): Set<string> {
  return new Set((text.slice(0, LONGEST_READ).match(words) ?? []).map(toStem));
}

/** Stems of the words that a text is about, each once: no function words, nothing of one letter, numbers kept. */
export function keyStems(text: string): string[] {
  const stems = new Set<string>();
  for (const word of text.slice(0, LONGEST_READ).match(words) ?? []) {
    if (stems.size === MOST_KEY_WORDS) break;
    const lower = word.toLowerCase();
    if (stopWords.has(lower) || (word.length < 2 && !/[\p{N}\p{Script=Han}]/u.test(word))) continue;
    stems.add(toStem(word));
  }
  return [...stems];
}
