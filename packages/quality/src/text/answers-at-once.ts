import { looksLikeCode } from './code-language.ts';

/** Words of a first sentence that is the whole answer, and words before a comma that are: "Polish. It means …", "Seven, in most models". */
const fewest = 3;
const beforeComma = 3;
const firstSentence = /^[^\p{L}\p{N}]*((?:[^\s.!?。！？]+|[.](?=\S))(?:\s+(?:[^\s.!?。！？]|[.](?=\S))+)*)/u;
/** Yes and no that an adverb stands before. */
const yesOrNo = /^[^\p{L}\p{N}]*\p{L}+,? (?:yes|no|not|ja|nein|oui|non|sí|no|sì|sim|não)(?![\p{L}])/iu;
/** What one is told to do. */
const imperative =
  /^[^\p{L}\p{N}]*(?:try|start|begin|gather|wait|use|put|take|go|get|add|keep|make|check|ask|choose|pick|open|press|click|tap|hold|place|remove|cut|mix|soak|rinse|wash|apply|avoid|look|set|turn|write|call|talk|tell|say|think|consider|bring|wear|eat|drink|buy|let|give|focus|plan|set|save|pay|first|versuch|nimm|probier|essaie|essayez|prueba|intenta|prova|experimente|probeer|spróbuj|попробуй\p{L}*)(?!\p{L})/iu;

/** Says first what it is for, or whom it greets. */
const leads = /^[^\p{L}\p{N}]*(?:to|for|in order|dear|hi|hello|hey|subject|pour|um|para|per|aby|żeby|om|чтобы|untuk|liebe|sehr|bonjour|hola|ciao)(?!\p{L})/iu;

/** True for a text that gives its answer at once, in a word or two or as something to do: it need not name what was asked about. */
export function answersAtOnce(text: string): boolean {
  const first = firstSentence.exec(text)?.[1] ?? '';
  const words = first.split(/\s+/);
  if (first !== '' && words.length <= fewest && text.length > first.length + 2) return true;
  if (yesOrNo.test(text) || imperative.test(text)) return true;
  if (leads.test(text) || looksLikeCode(text)) return false;
  return words.slice(0, beforeComma).some((word) => word.endsWith(',')) || imperative.test(/^[^,.!?]{4,60}, (?=\p{L})/u.test(text) ? text.slice(text.indexOf(',') + 1) : '');
}
