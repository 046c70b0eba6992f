import { looksLikeCode } from './code-language.ts';
import type { DraftView } from './draft-view.ts';
import { rememberLast } from './remember-last.ts';

/** Words of a first sentence that is the whole answer, and words before a comma that are: "Polish. It means …", "Seven, in most models". */
const mostWords = 3;
/** Yes and no that an adverb stands before. */
const yesOrNo = /^[^\p{L}\p{N}]*\p{L}+,? (?:yes|no|not|ja|nein|oui|non|sí|sì|sim|não)(?![\p{L}])/iu;
/** What one is told to do. */
const imperative =
  /^[^\p{L}\p{N}]*(?:try|start|begin|gather|wait|use|put|take|go|get|add|keep|make|check|ask|choose|pick|open|press|click|tap|hold|place|remove|cut|mix|soak|rinse|wash|apply|avoid|look|set|turn|write|call|talk|tell|say|think|consider|bring|wear|eat|drink|buy|let|give|focus|plan|save|pay|first|versuch|nimm|probier|essaie|essayez|prueba|intenta|prova|experimente|probeer|spróbuj|попробуй\p{L}*)(?!\p{L})/iu;

/** Says first what it is for, or whom it greets. */
const leads = /^[^\p{L}\p{N}]*(?:to|for|in order|dear|hi|hello|hey|subject|pour|um|para|per|aby|żeby|om|чтобы|untuk|liebe|sehr|bonjour|hola|ciao)(?!\p{L})/iu;

/** True for a draft that gives its answer at once, in a word or two or as something to do: it need not name what was asked about. */
export const answersAtOnce = rememberLast(({ text, textScan }: DraftView): boolean => {
  const pause = firstPause(text);
  if (pause === 'sentence' || yesOrNo.test(text) || imperative.test(text)) return true;
  if ((pause !== 'comma' && !goesOn.test(text)) || leads.test(text) || looksLikeCode(text, textScan)) return false;
  return pause === 'comma' || imperative.test(text.slice(text.indexOf(',') + 1));
});

/** Something before a comma, and what follows it: "In late winter, remove …". */
const goesOn = /^[^,.!?]{4,60}, (?=\p{L})/u;

/** What stands behind one of the first three words: the end of a sentence that is not the last, or a comma. */
function firstPause(text: string): 'sentence' | 'comma' | undefined {
  let words = 0;
  let inWord = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if (words > 0 && ('!?。！？'.includes(char) || (char === '.' && isSpace(text[index + 1])))) return index + 2 < text.length ? 'sentence' : undefined;
    if (words > 0 && char === ',' && isSpace(text[index + 1])) return 'comma';
    const inside = !isSpace(char);
    if (inside && !inWord && ++words > mostWords) return undefined;
    inWord = inside;
  }
  return undefined;
}

/** True for white space and for the end of a text. */
function isSpace(char: string | undefined): boolean {
  return char === undefined || char === ' ' || char === '\n' || char === '\t';
}
