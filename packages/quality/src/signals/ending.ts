import { isFunctionWord } from '../text/language.ts';
import { defineSignal, viewSignal } from './define-signal.ts';

/** 1 when the model stopped of its own accord; anything else is a veto, because the answer is not whole. */
export const finished = defineSignal('finished', ({ draft }) => {
  if (!draft.complete) return { value: 0, veto: 'The answer was cut off before it was whole.' };
  const kind = draft.finishReason.unified;
  if (kind === 'length') return { value: 0, veto: 'The answer ran into the token limit and is not whole.' };
  if (kind === 'content-filter') return { value: 0, veto: 'The vendor filtered the answer.' };
  if (kind === 'error') return { value: 0, veto: 'The model stopped with an error.' };
  return 1;
});

/** 1 when there is something to read or a tool call; an empty draft is a veto. */
export const filled = defineSignal('filled', ({ draft }) => {
  if (draft.toolCalls.length > 0 || /[\p{L}\p{N}\p{S}]/u.test(draft.content.slice(0, 2000))) return 1;
  return { value: 0, veto: 'The answer is empty.' };
});

const sentenceEnd = /[.!?。！？:;)\]}"'`”’»*_$|>\d]\s*$/;

/** Signs that the text stops in the middle: open code fence 1, unclosed bracket at the end 0.6, last sentence without an end 0.5. */
export const cutOff = viewSignal('cut-off', ({ text, wordCount }) => {
  if (text.includes('```') && (text.split('```').length - 1) % 2 === 1) return 1;
  const tail = text.slice(-440).trimEnd();
  if ('([{,\\='.includes(tail.at(-1) ?? 'x')) return 1;
  if (openBracket(tail)) return 0.6;
  if (wordCount > 25 && !sentenceEnd.test(tail) && !signsOff(tail)) return 0.5;
  return 0;
});

/** Small words that no sentence ends with, in any of these languages: "los" and "an" are articles in one and end sentences in another. */
const leadsOn = /[\s,](?:and|or|the|of|because|need to|such as|und|oder|weil|dass|wenn d(?:ie|er|as)|et|ou|les|des|parce que|el|las|porque|gli|della|и|или)$/iu;
/** A sentence without its second half: "Lemons are". */
const halfSaid = /^(?!(?:they|it|he|she|we|you|i|that|this|these|those|there|yes|no|who|what|how|here)\b)\p{L}[\p{L} ]{1,30} (?:is|are|was|were|ist|sind|est|è)$/iu;
/** Announces what does not come: "Translation:". */
const announces = /[\p{L})*"”]:\**$/u;

/** 1 for a short draft whose last word leads on to another, "red, yellow and", or that ends with a colon, otherwise 0. */
export const cutWord = viewSignal('cut-word', ({ text, wordCount, request }) => {
  if (wordCount > 25) return 0;
  const tail = text.slice(-40).trimEnd();
  return (wordCount > 1 && leadsOn.test(tail)) || (wordCount < 5 && halfSaid.test(tail)) || (announces.test(tail) && !request.asksCode) ? 1 : 0;
});

/** True for a short last line that stands alone, as greetings and names do under a letter: it needs no full stop. */
function signsOff(text: string): boolean {
  const line = /\n[ \t]*(\p{Lu}[^\n]{0,40})$/u.exec(text)?.[1]?.split(' ');
  return line !== undefined && line.length <= 4 && !isFunctionWord((line.at(-1) ?? '').toLowerCase());
}

const bracket = /[()[\]{}]/g;

/** True when the last bracket that opens in the text is never closed. */
function openBracket(text: string): boolean {
  const opened: string[] = [];
  bracket.lastIndex = 0;
  for (let match = bracket.exec(text); match; match = bracket.exec(text)) {
    const [char] = match;
    if ('([{'.includes(char)) opened.push(char);
    else if (')]}'.indexOf(char) === '([{'.indexOf(opened.at(-1) ?? ' ')) opened.pop();
  }
  const last = opened.at(-1);
  return last !== undefined && text.length - text.lastIndexOf(last) < 200;
}
