import { readFileSync } from 'node:fs';
import { foldOf, promptOf, readRows, type RecordedAnswer, type Row } from './rows.ts';

/** A text with the measured share of cheap models that fail on it, and what a dearer model gains. */
export interface DifficultyExample {
  readonly id: string;
  readonly set: string;
  readonly text: string;
  /** 0 to 1. */
  readonly failure: number;
  /** Right answers of the dear models less those of the cheap ones, -1 to 1. */
  readonly gain?: number;
  /** In the fit of failures; 0 where the set says nothing new about them. */
  readonly weight: number;
  /** In the fit of gains. */
  readonly gainWeight: number;
  /** Level of the MATH set, where it has one. */
  readonly level?: number;
}

/** Models of the recordings that cost at most 1 USD per 1M output tokens or have at most 70B open weights, by name. */
const cheapModels = /mini-2024|haiku|flash|8b|7b|9b|3\.5-turbo|mixtral|jamba|deepseek-(chat|coder)-v2|deepseek-v2/i;
const dearModels = /gpt-4o-2024|sonnet|opus|gpt-4-turbo|gpt-4-1106|gemini-1\.5-pro/i;
/** Share of failures that a level of MATH stands for: level 5 as measured on zeroeval_math_l5, the lower ones on a line to 0.1. */
const mathFailure = [0.1, 0.24, 0.38, 0.52, 0.66] as const;
/** Share of failures that a hand-given level stands for: the middle of its range. */
const handLevels = { trivial: 0.03, simple: 0.14, moderate: 0.3, hard: 0.5, expert: 0.72 } as const;
/** Weight of a whole set in the fit of failures. */
const setWeights: { readonly [set: string]: number } = { mmlu_pro: 1000, mmlu: 500, gsm8k: 300, math: 700, own: 900 };
/** Weight of a whole set in the fit of gains. Ten other models that answered the GSM8K questions tell more than the two of the pair. */
const gainWeights: { readonly [set: string]: number } = { mmlu_pro: 1000, mmlu: 1000, gsm8k: 100, gsm8k_others: 200 };

export const folds = 5;

/** The fold of a text; the same words are in the same fold whatever the set. Each `split` is another partition. */
export function foldOfText(text: string, split = 0): number {
  return foldOf(`${split}${text.toLowerCase().replace(/[^a-z0-9]+/g, '')}`, folds);
}

/** Drafters beside the pair itself: those of about its size. */
const smallModels = /haiku-2024|3\.5-turbo|mixtral|8b/i;

function right(answer: RecordedAnswer): boolean {
  return answer.correct_recomputed ?? answer.correct ?? (answer.score ?? 0) >= 0.5;
}

function shareRight(row: Row, pattern: RegExp): number | undefined {
  const answers = Object.entries(row.answers ?? {}).filter(([model]) => pattern.test(model));
  return answers.length === 0 ? undefined : answers.reduce((sum, [, answer]) => sum + (right(answer) ? 1 : 0), 0) / answers.length;
}

/** Every recorded set whose rows say how often cheap models fail, and our own prompts with levels given by hand. */
export function difficultyExamples(folder: string): DifficultyExample[] {
  const found: Omit<DifficultyExample, 'weight' | 'gainWeight'>[] = [];
  const addRow = (set: string, row: Row, text: string, failure: number, gain?: number, level?: number) => {
    found.push({ id: row.id, set, text, failure, ...(gain !== undefined && { gain }), ...(level !== undefined && { level }) });
  };
  const addMeasured = (set: string, row: Row, text: string) => {
    const cheap = shareRight(row, cheapModels);
    const dear = shareRight(row, dearModels);
    if (cheap !== undefined) addRow(set, row, text, 1 - cheap, dear === undefined ? undefined : dear - cheap);
  };
  for (const row of readRows(folder, 'mmlu_pro')) addMeasured('mmlu_pro', row, promptOf(row));
  for (const row of readRows(folder, 'routellm_mmlu')) addMeasured('mmlu', row, promptOf(row));
  for (const row of readRows(folder, 'routellm_gsm8k')) {
    // The failure is read from recomputed labels, the gain from the published ones, which is what routers for this pair are compared on.
    const [cheap = 0, dear = 0] = [cheapModels, dearModels].map((pattern) => Number(Object.entries(row.answers ?? {}).find(([model]) => pattern.test(model))?.[1].correct ?? false));
    addRow('gsm8k', row, promptOf(row), 1 - (shareRight(row, cheapModels) ?? 0), dear - cheap);
  }
  for (const row of readRows(folder, 'zeroeval_gsm')) {
    const [cheap, dear] = [shareRight(row, smallModels), shareRight(row, dearModels)];
    if (row.question && cheap !== undefined && dear !== undefined) addRow('gsm8k_others', row, row.question, 1 - cheap, dear - cheap);
  }
  for (const row of readRows(folder, 'difficulty_math_levels')) {
    const level = row.difficulty_level ?? 3;
    addRow('math', row, promptOf(row), mathFailure[level - 1] ?? 0.38, undefined, level);
  }
  for (const row of readRows(folder, 'zeroeval_math_l5')) {
    const cheap = shareRight(row, cheapModels);
    if (row.question && cheap !== undefined) addRow('math', { ...row, id: `${row.id}` }, row.question, (1 - cheap + (mathFailure[4] ?? 0)) / 2);
  }
  const own = JSON.parse(readFileSync(new URL('./training/levels.json', import.meta.url), 'utf8')) as { [Level in keyof typeof handLevels]: string[] };
  for (const [level, prompts] of Object.entries(own) as [keyof typeof handLevels, string[]][]) {
    for (const [index, text] of prompts.entries()) {
      found.push({ id: `own-${level}-${index}`, set: 'own', text, failure: handLevels[level] });
    }
  }
  const sizes = new Map<string, number>();
  for (const { set } of found) sizes.set(set, (sizes.get(set) ?? 0) + 1);
  return found.map((example) => ({ ...example, weight: (setWeights[example.set] ?? 0) / (sizes.get(example.set) ?? 1), gainWeight: (gainWeights[example.set] ?? 0) / (sizes.get(example.set) ?? 1) }));
}
