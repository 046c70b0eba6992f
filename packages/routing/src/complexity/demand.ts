import { isDigit, isSpace } from '../text/script.ts';
import { bothEnds, type Structure } from '../text/structure.ts';

/** Names of the features of {@link readDemand}, in order. */
export const demandNames = [
  'words', 'sentences', 'clauses', 'questions', 'numbers', 'digits', 'lines', 'bullets', 'choices', 'codeMarks', 'indented', 'fences', 'mathMarks', 'cells', 'quotes',
  'powers', 'commands', 'braces', 'equals', 'dollars', 'brackets', 'variables', 'decimals', 'magnitude', 'stemWords', 'numericChoices', 'choiceWords',
  'tools', 'mediumLength', 'longLength', 'numbersPerWord', 'marksPerWord', 'askJson',
] as const;

/** What a request demands beside its last user text. */
export interface DemandContext {
  /** Tools on offer. */
  readonly tools: number;
  /** Whether JSON is asked for. */
  readonly json: boolean;
}

/** Lengths in words from which a text counts as of medium length and as long. */
const medium = 25;
const long = 120;

interface Marks {
  powers: number;
  commands: number;
  braces: number;
  equals: number;
  dollars: number;
  brackets: number;
  variables: number;
  decimals: number;
  magnitude: number;
  stemEnd: number;
  numericChoices: number;
  choices: number;
}

/**
 * Reads what a text demands, as numbers that do not depend on its language: size, parts, figures, formulae, code, tables, choices. Counts enter
 * as logarithms. The array has one entry per name of {@link demandNames}; pass `into` to fill one instead of allocating.
 */
export function readDemand(text: string, form: Structure, context: DemandContext, into = new Float64Array(demandNames.length)): Float64Array {
  const sample = bothEnds(text);
  const marks = readMarks(sample);
  const stemShare = marks.stemEnd / Math.max(1, sample.length);
  const values = [
    form.words, form.sentences, form.clauses, form.questions, form.numbers, form.digits, form.lines, form.bullets, form.choices, form.codeMarks, form.indented, form.fences,
    form.mathMarks, form.cells, form.quotes, marks.powers, marks.commands, marks.braces, marks.equals, marks.dollars, marks.brackets, marks.variables, marks.decimals,
  ];
  let index = 0;
  for (const value of values) into[index++] = value === 0 ? 0 : Math.log1p(value);
  into[index++] = marks.magnitude;
  into[index++] = Math.log1p(form.words * stemShare);
  into[index++] = marks.choices > 0 ? marks.numericChoices / marks.choices : 0;
  into[index++] = marks.choices > 0 ? Math.log1p((form.words * (1 - stemShare)) / marks.choices) : 0;
  into[index++] = Math.log1p(context.tools);
  into[index++] = Math.max(0, Math.log((form.words + 1) / medium));
  into[index++] = Math.max(0, Math.log((form.words + 1) / long));
  into[index++] = form.numbers / (form.words + 5);
  into[index++] = form.mathMarks / (form.words + 5);
  into[index] = context.json ? 1 : 0;
  return into;
}

/** Marks and digits beside which a single letter is a variable, in whatever language the text is. */
const besideVariable = new Uint8Array(128);
for (const mark of '=+-^*/<>$(){}_|0123456789') besideVariable[mark.charCodeAt(0)] = 1;

function isAsciiLetter(char: number): boolean {
  return (char >= 97 && char <= 122) || (char >= 65 && char <= 90);
}

function readMarks(text: string): Marks {
  const marks: Marks = { powers: 0, commands: 0, braces: 0, equals: 0, dollars: 0, brackets: 0, variables: 0, decimals: 0, magnitude: 0, stemEnd: text.length, numericChoices: 0, choices: 0 };
  let lineStart = true;
  let choiceHasDigit = false;
  let digitsInRun = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    const next = text.charCodeAt(index + 1);
    if (char >= 97 && char <= 122 && next >= 97 && next <= 122) {
      digitsInRun = 0;
      lineStart = false;
      continue;
    }
    if (isDigit(char)) {
      digitsInRun++;
      if (digitsInRun > marks.magnitude && digitsInRun < 20) marks.magnitude = digitsInRun;
      choiceHasDigit = true;
      lineStart = false;
      continue;
    }
    if (char === 46 && digitsInRun > 0 && isDigit(next)) marks.decimals++;
    else if (char !== 44) digitsInRun = 0;
    if (char === 10) {
      lineStart = true;
      continue;
    }
    if (lineStart && char >= 65 && char <= 74 && (next === 46 || next === 41)) {
      if (marks.choices === 0) marks.stemEnd = index;
      else if (choiceHasDigit) marks.numericChoices++;
      marks.choices++;
      choiceHasDigit = false;
    }
    if (!isSpace(char)) lineStart = false;
    if (char === 94) marks.powers++;
    else if (char === 92) {
      if (isAsciiLetter(next)) marks.commands++;
    } else if (char === 123) marks.braces++;
    else if (char === 61) marks.equals++;
    else if (char === 36) marks.dollars++;
    else if (char === 40) marks.brackets++;
    else if (isAsciiLetter(char) && !isAsciiLetter(next)) {
      const before = text.charCodeAt(index - 1);
      if (!isAsciiLetter(before) && before !== 92 && ((before < 128 && besideVariable[before] === 1) || (next < 128 && besideVariable[next] === 1))) marks.variables++;
    }
  }
  if (marks.choices > 0 && choiceHasDigit) marks.numericChoices++;
  return marks;
}
