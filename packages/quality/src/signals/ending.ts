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

const closers: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' };
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
const leadsOn = /[\s,](?:and|or|the|of|because|und|oder|weil|et|ou|les|parce que|el|las|porque|gli|и|или)$/iu;

/** 1 for a short draft whose last word leads on to another, "red, yellow and", otherwise 0. */
export const cutWord = viewSignal('cut-word', ({ text, wordCount }) => (wordCount > 2 && wordCount <= 25 && leadsOn.test(text.slice(-40).trimEnd()) ? 1 : 0));

/** True for a short last line that stands alone, as greetings and names do under a letter: it needs no full stop. */
function signsOff(text: string): boolean {
  const line = /\n[ \t]*(\p{Lu}[^\n]{0,40})$/u.exec(text)?.[1]?.split(' ');
  return line !== undefined && line.length <= 4 && !isFunctionWord((line.at(-1) ?? '').toLowerCase());
}

/** True when the last bracket that opens in the text is never closed. */
function openBracket(text: string): boolean {
  if (!/[([{]/.test(text)) return false;
  const stack: string[] = [];
  for (const char of text) {
    const closer = closers[char];
    if (closer) stack.push(closer);
    else if (char === stack.at(-1)) stack.pop();
  }
  return stack.length > 0 && text.length - text.lastIndexOf(stack.at(-1) === ')' ? '(' : stack.at(-1) === ']' ? '[' : '{') < 200;
}
