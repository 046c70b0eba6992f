import { withoutCode } from '../text/code-language.ts';
import type { DraftView } from '../text/draft-view.ts';
import { mark } from '../text/gates.ts';
import { wordsOf } from '../text/words.ts';
import { viewSignal } from './define-signal.ts';

/** Words from which a text can be out of order, and words up to which it is looked at. */
const fewest = 6;
const most = 150;
/** Words around code from which they are looked at. */
const fewestAround = 8;
/** Characters up to which it is looked at. */
const longest = 1500;

/** Neighbours that no sentence has: an article before a verb or a preposition, two articles, a preposition before "is". */
const misplaced =
  /(?<![\p{L}\d-])(?:(?:the|an|my|your|our|their) (?:is|are|was|were|of|to|and|or|the|an?|because|it|be|been|has|have|than|from|with)|(?:of|from|with|into|than|at) (?:is|are|was|were|has|have|of|from|than)|and (?:and|or|of)|is (?:are|was)|(?:ein|eine|einen|dem|des) (?:ist|sind|und|oder|der|die|das|nicht|worden|ich|wir)|(?:und|oder) (?:und|oder)|il (?:e|o|con|per|la|le|il|un|una)|(?:la|las|los|una|le|les|une|du|gli|uma) (?:y|et|e|o|ou|es|est|sont|son|con|por|para|pour|avec|dans|la|le|el|il|uma?|una|une)|(?:el|un|del|al) (?:el|la|los|del|es|y|un|con)|(?:con|por|para|sin) (?:de|del|con|por|es|y)|(?:avec|pour|sans|dans) (?:et|est|avec|pour|dans|sur)|(?:per|della|nel) (?:e|è|della|con|nel)|(?:com|sem) (?:de|e|em|com|são)|(?:ohne|mit|von|aus|bei|nach|für|durch) (?:ohne|mit|aus|bei|nach|für|durch|von|ist|sind|und|oder|wird|haben|hat|war)|(?:w|z|na|do|od|dla|przez|po) (?:w|z|na|do|od|dla|przez|po|i|a|jest|są|się|oraz|że)|(?:de|een) (?:de|het|een|is|van|en|dat|wordt|zijn)|(?:в|с|из|для|от|на|по|к|у) (?:и|или|в|с|из|от|на|по|к|у|есть|был|потому))(?![\p{L}\d'’-])/giu;
/** Sentences that end with an article or with "and". */
const endsOpen = /\s(?:and|or|the|of|than for|der|den|dem|eine|des|und|oder|les|un|una|el|et|con|del|и|или|для|на|のは|を|が)[.!?。](?=\s|$)/gu;
/** A word or a figure said twice, but for those that may be. */
const doubled = /(?<![\p{L}\d'’-])(?!(?:that|had|very|so|no|bye|ha|haha|really|many|much|long|is|do|more|again|blah|knock|there|wir|sie|die|das|der|nous|vous)(?![\p{L}]))([\p{L}\p{M}]{2,}|\d+) \1(?![\p{L}\p{M}\d'’%.,-])/giu;
/** Letters of languages that say words twice for good: Turkish, Vietnamese, those of India, Arabic. */
const saysTwice = /[ğıİşĞŞ\u1EA0-\u1EF9]|[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}]/u;
/** Remains of what a program wrote between the words. */
const debris = /\p{L}\(\)\p{L}|;;|~~(?=\s)|\p{Ll}_\p{Ll}+\(|(?<=\p{Ll}) ##|<\/(?=\s|$)|\p{Script=Latin}[\u3041-\u3096\u4E00-\u9FFF]\p{Script=Latin}|[\u3131-\u314A\u314C\u314D\u314F-\u315B\u315D-\u315F\u3161-\u3163]{2}|\d[\u3041-\u3096]\p{Script=Latin}|\p{Script=Latin}\p{Script=Cyrillic}|\p{Script=Cyrillic}\p{Script=Latin}|(\p{L}{3,})\1\1/gu;
/** Han or kana in the middle of another script. */
const wideInside = /[\p{Script=Latin}\p{Script=Cyrillic}] ?[\u3041-\u30FF\u4E00-\u9FFF]/gu;

const hasWide = /[\u3041-\u30FF\u4E00-\u9FFF]/;

/** Three keys that lie beside each other and stand in hardly any word. */
const keyRun = /asd|sdf|dfg|fgh|ghj|hjk|jkl|qwe|zxc|xcv|cvb|vbn|lkj|kjh|poiu|uiop|mnb|фыв|ывап|йцу|олдж|лдж|ячс|чсм|митьб|ضصث|صثق|شسي|سيب|غعه|عهخ|هخح|خحج/;
/** Words from which every second is a run of keys that somebody hit. */
const fewestMashed = 2;

/** The same patterns for text that is all ASCII, where letters need no tables. */
const plainMisplaced = forAscii(misplaced);
const plainDoubled = forAscii(doubled);
const plainDebris = /[A-Za-z]\(\)[A-Za-z]|;;|~~(?=\s)|[a-z]_[a-z]+\(|(?<=[a-z]) ##|<\/(?=\s|$)|([A-Za-z]{3,})\1\1/g;

function forAscii({ source }: RegExp): RegExp {
  return new RegExp(source.replaceAll('\\p{L}', 'a-z').replaceAll('\\p{M}', ''), 'gi');
}

const marksOfDebris = mark.round | mark.semicolon | mark.tilde | mark.hash | mark.angle;
/** Letters of a word that says one part three times. */
const tripled = 9;

function triplesItself(word: string): boolean {
  return word.length >= tripled && /([a-z]{3,})\1\1/.test(word);
}

/** True for a word that says again what the word before it ends with. */
function repeatsLast(word: string, index: number, words: readonly string[]): boolean {
  return index > 0 && (words[index - 1] as string).endsWith(word);
}

/** What code is written with, where no block sets it off. */
const programMark = /[{}()[\];=<>|$\\]/;

/** Share of the places of a text where words stand that cannot follow each other, said twice, or with debris between them; nothing for very short and long texts, and where words are to be repeated. What stands around code is read, the code is not. */
export const wordSalad = viewSignal('word-salad', (view) => {
  const { text, words, wordCount, textScan, request } = view;
  if (wordCount > most || text.length > longest || repeats.test(request.question)) return undefined;
  if (request.asksCode || ((textScan.marks & (mark.backtick | mark.backslash)) !== 0 && /[`\\]/.test(text))) return aroundCode(text);
  const debrisFound = debrisIn(view);
  if (wordCount <= 2 * fewest && wordCount >= fewestMashed && words.filter((word) => keyRun.test(word)).length * 2 >= wordCount) return 1;
  if (wordCount < fewest) return debrisFound > 0 ? debrisFound / wordCount : undefined;
  const found = misplacedIn(text, textScan.isAscii, asRead(view)) + debrisFound;
  return found < 2 ? 0 : found / wordCount;
});

const repeats = /\b(?:repeat|times|twice)\b/i;

/** Words that stand in an ASCII text as they were read; not so in a JSON draft. */
function asRead({ text, prose, textScan, words }: DraftView): readonly string[] | undefined {
  return textScan.isAscii && text === prose ? words : undefined;
}

function debrisIn(view: DraftView): number {
  const { text, textScan: { isAscii, marks }, request } = view;
  if (isAscii) return (marks & marksOfDebris) === 0 && asRead(view)?.some(triplesItself) === false ? 0 : (text.match(plainDebris)?.length ?? 0) * 2;
  return (text.match(debris)?.length ?? 0) * 2 + (hasWide.test(request.text) ? 0 : (text.match(wideInside)?.length ?? 0));
}

/** Places where words stand that cannot follow each other, or where a sentence ends that goes on. */
function misplacedIn(text: string, isAscii: boolean, words?: readonly string[]): number {
  const twice = isAscii ? (words?.some(repeatsLast) === false ? 0 : (text.match(plainDoubled)?.length ?? 0)) : saysTwice.test(text) ? 0 : (text.match(doubled)?.length ?? 0);
  return (text.match(isAscii ? plainMisplaced : misplaced)?.length ?? 0) + 2 * (text.match(endsOpen)?.length ?? 0) + twice;
}

/** The same for what is said around the code of a draft. */
function aroundCode(text: string): number | undefined {
  const said = withoutCode(text);
  const wordCount = wordsOf(said).length;
  if (wordCount < fewestAround) return undefined;
  const found = misplacedIn(said, false);
  return found < (programMark.test(said) ? 3 : 2) ? 0 : found / wordCount;
}
