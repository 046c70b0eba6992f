import { createRandom } from '../statistics.ts';
import { readQuestions, readRows, isHeldOut, setNames, type RecordedQuestion } from './recorded.ts';

/** Shortest answer taken as an answer in words; the same bar as in `packages/semantic/model/evaluate.py`. */
const LEAST_ANSWER = 60;
const LONGEST_ANSWER = 1200;

/** A question with an answer of its own. */
export interface AnsweredQuestion {
  readonly question: string;
  readonly answer: string;
}

/** Per set with at least 50 of them: held-out (or fitting) questions with one recorded answer each. */
export function recordedPairs(folder: string, heldOut: boolean, most: number): Map<string, AnsweredQuestion[]> {
  const random = createRandom(3);
  const pairs = new Map<string, AnsweredQuestion[]>();
  for (const set of setNames(folder)) {
    const found = shuffle(readQuestions(folder, set).filter((one) => one.heldOut === heldOut), random).flatMap((one) => {
      const texts = one.answers.map(({ text }) => text).filter((text) => text.length >= LEAST_ANSWER);
      const text = texts[Math.floor(random() * texts.length)];
      return text === undefined ? [] : [{ question: one.question, answer: text.slice(0, LONGEST_ANSWER) }];
    });
    if (found.length >= 50) pairs.set(set, found.slice(0, most));
  }
  return pairs;
}

/** The same with gold answers of at least three words. */
export function goldPairs(folder: string, most: number): Map<string, AnsweredQuestion[]> {
  const random = createRandom(4);
  const pairs = new Map<string, AnsweredQuestion[]>();
  for (const set of setNames(folder)) {
    const found = shuffle(readQuestions(folder, set).filter((one) => one.heldOut), random).flatMap(({ question, gold }) =>
      gold && gold.split(' ').length >= 3 ? [{ question, answer: gold.slice(0, LONGEST_ANSWER) }] : [],
    );
    if (found.length >= 50) pairs.set(set, found.slice(0, most));
  }
  return pairs;
}

/** Pairs with a graded likeness of meaning. */
export interface LikenessPairs {
  readonly name: string;
  readonly pairs: readonly (readonly [string, string])[];
  readonly gold: readonly number[];
}

/** Held-out requests: 2 for the same intent, 1 for the same domain, 0 else, a third each. */
export function intentPairs(folder: string, most: number): LikenessPairs {
  const random = createRandom(5);
  const rows = readRows(folder, 'intents_clinc150_test').map((row) => ({ text: String(row['prompt']), intent: String(row['intent']), domain: String(row['domain']) }));
  const kept = rows.filter(({ text, intent }) => intent !== 'oos' && isHeldOut(text));
  const likeness = (a: (typeof kept)[number], b: (typeof kept)[number]): number => (a.intent === b.intent ? 2 : a.domain === b.domain ? 1 : 0);
  const pairs: [string, string][] = [];
  const gold: number[] = [];
  while (kept.length > 0 && pairs.length < most) {
    const a = kept[Math.floor(random() * kept.length)]!;
    const same = kept.filter((b) => b !== a && likeness(a, b) === pairs.length % 3);
    if (same.length === 0) continue;
    gold.push(pairs.length % 3);
    pairs.push([a.text, same[Math.floor(random() * same.length)]!.text]);
  }
  return { name: 'intents_clinc150_test', pairs, gold };
}

/** Held-out answers in words: 2 for two right answers to one question, 1 for a right and a wrong one, 0 for two questions. */
export function answerLikeness(folder: string, most: number): LikenessPairs {
  const random = createRandom(6);
  const questions = readQuestions(folder, 'truthfulqa_judged_answers').filter((one) => one.heldOut);
  const pick = (one: RecordedQuestion, correct: boolean): string | undefined => shuffle(one.answers.filter((answer) => answer.correct === correct), random)[0]?.text;
  const pairs: [string, string][] = [];
  const gold: number[] = [];
  for (let round = 0; questions.length > 1 && round < most; round++) {
    const one = questions[Math.floor(random() * questions.length)]!;
    const other = round % 3 === 0 ? questions[Math.floor(random() * questions.length)]! : one;
    const a = pick(one, true);
    const b = pick(other, round % 3 !== 1);
    if (a === undefined || b === undefined || a === b || (round % 3 === 0 && one === other)) continue;
    pairs.push([a, b]);
    gold.push([0, 1, 2][round % 3] as number);
  }
  return { name: 'truthfulqa_judged_answers', pairs, gold };
}

/** A copy in random order. */
export function shuffle<Item>(items: readonly Item[], random: () => number): Item[] {
  const copy = [...items];
  for (let index = copy.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    [copy[index], copy[other]] = [copy[other] as Item, copy[index] as Item];
  }
  return copy;
}
