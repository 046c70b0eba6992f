import { rememberLast } from './remember-last.ts';
import type { DraftView } from './draft-view.ts';
import { mark } from './gates.ts';
import type { RequestView } from './request-view.ts';

/** A fitted linear model that tells talk and refusals from answers, packed as letters. */
export interface TalkWeights {
  /** Base-2 logarithm of the number of buckets. */
  readonly bits: number;
  /** Buckets that have a weight, in order, as gaps from one to the next: letters count from `#` on, `[` means that the gap goes on. */
  readonly gaps: string;
  /** One letter per weight; `h` is 0 and each letter is one step of `scale`. */
  readonly weights: string;
  readonly scale: number;
  /** Weights of the form of a draft, in the order of {@link formOf}. */
  readonly form: readonly number[];
}

const firstGap = 35;
const openGap = 91;
const zeroLetter = 104;

let form: readonly number[] = [];

/** Takes the weights, which come with those of the accept model; until then nothing is known of talk. They stay once they are known. */
export function learnTalk(fitted: TalkWeights | undefined): void {
  if (tally.table.length > 0 || !fitted) return;
  const table = new Float32Array(1 << fitted.bits);
  let bucket = 0;
  let place = 0;
  for (let index = 0; index < fitted.gaps.length; index++) {
    const letter = fitted.gaps.charCodeAt(index);
    bucket += letter - firstGap;
    if (letter !== openGap) table[bucket] = (fitted.weights.charCodeAt(place++) - zeroLetter) * fitted.scale;
  }
  form = fitted.form;
  tally.table = table;
  tally.met = new Uint32Array(table.length);
}

/** Words of a draft that are read. */
const mostWords = 80;
/** Letters of a word by which it is looked for in the request, and under which its endings are put together. */
const stem = 5;
const shortestAsked = 4;

/** Hashes of the stems of a request's words. */
const askedStems = rememberLast((request: RequestView): ReadonlySet<number> => {
  const stems = new Set<number>();
  for (const word of request.words) if (word.length >= shortestAsked) stems.add(hash(seeds.stem, word, 0, Math.min(stem, word.length)));
  return stems;
});

const wide = /[\u3041-\u30FF\u3400-\u9FFF\u0E00-\u0E7F]/;
const wideRun = /[\u3041-\u30FF\u3400-\u9FFF\u0E00-\u0E7F]+/g;
const seeds = { word: 0x811c9dc5, stem: 0x9e3779b9, pair: 0x1b873593, wide: 0x85ebca6b } as const;

const hashPrime = 0x01000193;

/** Hashes letters from one place of a text to another. */
function hash(seed: number, text: string, from = 0, to = text.length): number {
  let value = seed;
  for (let index = from; index < to; index++) value = Math.imul(value ^ text.charCodeAt(index), hashPrime);
  return value;
}

function toBucket(value: number, bits: number): number {
  const mixed = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  return (mixed ^ (mixed >>> 13)) & ((1 << bits) - 1);
}

/** Hands on the bucket of every word, stem and pair of words of a draft that the request has not; the same bucket may come twice. Returns the share of its words that the request has. */
export function readTalk({ words, text, textScan, request }: DraftView, bits: number, add: (bucket: number) => void): number {
  const asked = askedStems(request);
  let taken = 0;
  let before: number = seeds.pair;
  const looked = Math.min(words.length, mostWords);
  for (let index = 0; index < looked; index++) {
    const word = words[index] as string;
    const code = word.charCodeAt(0);
    if (code >= 48 && code <= 57) {
      before = seeds.pair + 1;
      continue;
    }
    // Four hashes side by side: none waits for another.
    let own: number = seeds.word;
    let pair = before;
    let next: number = seeds.pair;
    let begins: number = seeds.stem;
    for (let at = 0; at < word.length; at++) {
      const letter = word.charCodeAt(at);
      own = Math.imul(own ^ letter, hashPrime);
      pair = Math.imul(pair ^ letter, hashPrime);
      next = Math.imul(next ^ letter, hashPrime);
      if (at < stem) begins = Math.imul(begins ^ letter, hashPrime);
    }
    if (word.length >= shortestAsked && asked.has(begins)) {
      taken++;
      before = seeds.pair + 2;
    } else if (code < 0x0e00 || !wide.test(word)) {
      add(toBucket(own, bits));
      if (word.length > stem) add(toBucket(begins, bits));
      add(toBucket(pair, bits));
      before = next;
    }
  }
  if (!textScan.isAscii && wide.test(text)) {
    for (const [run] of text.slice(0, 300).matchAll(wideRun)) {
      for (let index = 0; index + 1 < run.length; index++) {
        for (let length = 2; length <= 3 && index + length <= run.length; length++) {
          if (!request.text.includes(run.slice(index, index + length))) add(toBucket(hash(seeds.wide, run, index, index + length), bits));
        }
      }
    }
  }
  return looked === 0 ? 0 : taken / looked;
}

const nameInside = /(?<=[\p{Ll},] )\p{Lu}\p{L}+/gu;

const programMarks = mark.backtick | mark.equals | mark.angle | mark.curly | mark.bar;

/** The form of a draft: what it has that talk has not, and what it is asked for. `taken` is the share of its words that the request has. */
export function formOf({ text, textScan: { marks }, wordCount, request }: DraftView, taken: number): readonly number[] {
  const trimmed = text.trimEnd();
  let names = 0;
  for (const [name] of text.slice(0, 500).matchAll(nameInside)) if (!request.words.includes(name.toLowerCase())) names++;
  const is = (value: boolean) => (value ? 1 : 0);
  return [
    1, Math.min(3, Math.log1p(wordCount)) / 2, Math.min(1, wordCount / 60), is((marks & mark.digit) !== 0 && /\d(?![.)] )/.test(text)), Math.min(1, names / 3), is((marks & programMarks) !== 0 && /[`=<>{}|]/.test(text)),
    is((marks & mark.lineBreak) !== 0 && trimmed.includes('\n')), is((marks & mark.quote) !== 0 && /["“„«「]/.test(text)), taken, is(request.asksText), is((marks & mark.question) !== 0 && /[?？]$/.test(trimmed)), is((marks & mark.colon) !== 0 && text.includes(':')), is(wordCount <= 3),
  ];
}

/** Sums of weights are divided by the root of how many features there are, and multiplied by this. */
const talkSpread = 3;
const fewestFeatures = 40;

/** What the sum of a draft's weights is multiplied by. */
export function talkScale(features: number): number {
  return talkSpread / Math.sqrt(Math.max(fewestFeatures, features));
}

/** The table of weights at hand, what has been added up of it, and in which reading each bucket was met last. */
const tally = { table: new Float32Array(0), met: new Uint32Array(0), reading: 0, sum: 0, features: 0 };

function count(bucket: number): void {
  if (tally.met[bucket] === tally.reading) return;
  tally.met[bucket] = tally.reading;
  tally.features++;
  tally.sum += tally.table[bucket] as number;
}

/** Log-odds that a draft is talk or a refusal and no answer; `undefined` until the weights are known. */
export function talkLogOdds(view: DraftView): number | undefined {
  if (tally.table.length === 0) return undefined;
  tally.reading++;
  tally.sum = tally.features = 0;
  const taken = readTalk(view, 31 - Math.clz32(tally.table.length), count);
  let score = tally.sum * talkScale(tally.features);
  const own = formOf(view, taken);
  for (let index = 0; index < own.length; index++) score += (own[index] as number) * (form[index] ?? 0);
  return score;
}
