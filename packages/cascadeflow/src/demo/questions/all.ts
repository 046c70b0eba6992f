import type { DemoQuestion } from '../question.ts';
import { everydayQuestions } from './everyday.ts';
import { exactQuestions } from './exact.ts';
import { professionalQuestions } from './professional.ts';

/** The questions of the demo, subjects mixed so that each page of the table shows a bit of everything. */
export const demoQuestions: readonly DemoQuestion[] = interleave([everydayQuestions, exactQuestions, professionalQuestions]);

function interleave<Item>(lists: readonly (readonly Item[])[]): readonly Item[] {
  const longest = Math.max(...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, index) => lists.flatMap((list) => list.slice(index, index + 1))).flat();
}
