import { isDigit, isMark, isSpace, isUnspaced, isWide, unspacedCharsPerWord, wideCharsPerWord } from './script.ts';

/** Counts that describe the form of a text and need no language. */
export interface Structure {
  /** Characters of the whole text, also of what lies beyond the cap. */
  readonly length: number;
  /** Words; scripts without spaces are converted by their usual characters per word. */
  readonly words: number;
  /** Sentence ends: `.` before a space, `!`, `?`, `。` and their kin. */
  readonly sentences: number;
  /** Commas, semicolons, colons and their full-width and Arabic forms. */
  readonly clauses: number;
  readonly questions: number;
  /** Runs of digits. */
  readonly numbers: number;
  readonly digits: number;
  readonly lines: number;
  /** Lines that open with a bullet or a number. */
  readonly bullets: number;
  /** Lines that open with a letter and a stop, as the choices of a test do. */
  readonly choices: number;
  /** Braces, brackets, semicolons, equals signs and other marks that prose seldom has. */
  readonly codeMarks: number;
  /** Lines that are indented by two spaces or a tab. */
  readonly indented: number;
  /** Code fences. */
  readonly fences: number;
  /** Backslashes before letters, and mathematical signs. */
  readonly mathMarks: number;
  /** Table cells: vertical bars and tabs. */
  readonly cells: number;
  readonly quotes: number;
  readonly capitals: number;
  /** Characters of scripts other than Latin. */
  readonly foreign: number;
  /** Words of 10 letters or more, which stand for terms of a trade in alphabetic scripts. */
  readonly longWords: number;
}

/** Characters that are read; of a longer text the first and the last part count, and the middle is scaled. */
export const structureCap = 3_000;

type Counts = { -readonly [Key in keyof Structure]: number };

const stop = 1;
const comma = 2;
const question = 3;
const code = 4;
const math = 5;
const quote = 6;
const cell = 7;
const asciiKind = new Uint8Array(128);
for (const [marks, kind] of [
  ['.!', stop],
  [',;:', comma],
  ['?', question],
  ['{}[]<>=_#&@~`', code],
  ['+^%*/', math],
  ['"', quote],
  ['|\t', cell],
] as const) {
  for (const mark of marks) asciiKind[mark.charCodeAt(0)] = kind;
}

/** Reads the form of a text in one pass over its characters. Linear time; texts beyond {@link structureCap} are sampled at both ends. */
export function readStructure(text: string): Structure {
  const counts: Counts = {
    length: text.length,
    words: 0,
    sentences: 0,
    clauses: 0,
    questions: 0,
    numbers: 0,
    digits: 0,
    lines: 1,
    bullets: 0,
    choices: 0,
    codeMarks: 0,
    indented: 0,
    fences: 0,
    mathMarks: 0,
    cells: 0,
    quotes: 0,
    capitals: 0,
    foreign: 0,
    longWords: 0,
  };
  if (text.length <= structureCap) {
    readRange(text, 0, text.length, counts);
    return counts;
  }
  const sample = bothEnds(text);
  readRange(sample, 0, sample.length, counts);
  const scale = text.length / structureCap;
  for (const key of Object.keys(counts) as (keyof Counts)[]) if (key !== 'length') counts[key] = Math.round(counts[key] * scale);
  return counts;
}

/** The text itself, or its first and last part when it is longer than {@link structureCap}. */
export function bothEnds(text: string): string {
  return text.length <= structureCap ? text : text.slice(0, structureCap / 2) + text.slice(-structureCap / 2);
}

function readRange(text: string, from: number, to: number, counts: Counts): void {
  let wordLength = 0;
  let inNumber = false;
  let lineStart = from;
  let wide = 0;
  let unspaced = 0;
  for (let index = from; index <= to; index++) {
    const char = index < to ? text.charCodeAt(index) : 10;
    const digit = isDigit(char);
    if (digit) {
      counts.digits++;
      if (!inNumber) counts.numbers++;
    }
    inNumber = digit || (inNumber && (char === 44 || char === 46));
    const kind = char < 128 ? asciiKind[char] : 0;
    const letter = char < 128 ? (char >= 97 && char <= 122) || (char >= 65 && char <= 90) : !isSpace(char) && !isMark(char);
    if (letter && isWide(char)) {
      wide++;
      counts.foreign++;
    } else if (letter && isUnspaced(char)) {
      unspaced++;
      counts.foreign++;
    } else if (letter || (digit && wordLength > 0) || (char === 39 && wordLength > 0)) {
      wordLength++;
      if (char >= 65 && char <= 90) counts.capitals++;
      else if (char > 0x24f) counts.foreign++;
      continue;
    }
    if (wordLength > 0) {
      counts.words++;
      if (wordLength >= 10) counts.longWords++;
      wordLength = 0;
    }
    if (char === 10) {
      if (index < to) counts.lines++;
      readLineStart(text, lineStart, Math.min(index, to), counts);
      lineStart = index + 1;
    } else if (kind === stop) {
      if (char === 33 || isSpace(text.charCodeAt(index + 1)) || index + 1 >= to) counts.sentences++;
    } else if (kind === comma) counts.clauses++;
    else if (kind === question) counts.questions++;
    else if (kind === code) {
      counts.codeMarks++;
      if (char === 96 && text.startsWith('```', index)) {
        counts.fences++;
        index += 2;
      }
    } else if (kind === math) counts.mathMarks++;
    else if (kind === quote) counts.quotes++;
    else if (kind === cell) counts.cells++;
    else if (char === 92) counts.mathMarks++;
    else if (char >= 128) readMark(char, counts);
  }
  counts.words += wide / wideCharsPerWord + unspaced / unspacedCharsPerWord;
}

function readMark(char: number, counts: Counts): void {
  if (char === 0x3002 || char === 0xff0e || char === 0xff01 || char === 0x0964) counts.sentences++;
  else if (char === 0xff1f || char === 0x061f) counts.questions++;
  else if (char === 0x3001 || char === 0xff0c || char === 0xff1b || char === 0xff1a || char === 0x060c || char === 0x061b) counts.clauses++;
  else if ((char >= 0x2200 && char <= 0x22ff) || char === 0xd7 || char === 0xf7 || char === 0xb1 || char === 0xb2 || char === 0xb3) counts.mathMarks++;
  else if ((char >= 0x300c && char <= 0x300f) || (char >= 0x2018 && char <= 0x201f) || char === 0xab || char === 0xbb) counts.quotes++;
}

function readLineStart(text: string, from: number, to: number, counts: Counts): void {
  if (to <= from) return;
  const first = text.charCodeAt(from);
  if (first === 9 || (first === 32 && text.charCodeAt(from + 1) === 32)) counts.indented++;
  let index = from;
  while (index < to && index < from + 8 && isSpace(text.charCodeAt(index))) index++;
  const mark = text.charCodeAt(index);
  const next = text.charCodeAt(index + 1);
  if ((mark === 45 || mark === 42 || mark === 0x2022) && isSpace(next)) counts.bullets++;
  else if (mark >= 48 && mark <= 57 && (next === 46 || next === 41)) counts.bullets++;
  else if (mark >= 65 && mark <= 74 && (next === 46 || next === 41) && (index + 2 >= to || isSpace(text.charCodeAt(index + 2)))) counts.choices++;
}
