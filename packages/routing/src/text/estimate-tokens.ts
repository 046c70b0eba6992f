import type { Message, ModelRequest } from '@cascadeflow/contract';
import { isDigit, isMark, isSpace, isUnspaced, isWide } from './script.ts';

/** Tokens per character or per word, fitted by least squares against the o200k vocabulary; see `apps/bench/src/routing/fit-tokens.ts`. */
const weights = {
  word: 0.55,
  letter: 0.12,
  accented: 0.42,
  otherLetter: 0.3,
  wide: 0.72,
  unspaced: 0.45,
  digit: 0.38,
  mark: 0.55,
  line: 0.35,
} as const;

/** Tokens that the frame of one message takes in common chat templates. */
const tokensPerMessage = 4;
/** Tokens of an image at low detail, and otherwise: OpenAI's tile tables for 1024 x 1024. */
const imageTokens = { low: 85, other: 765 } as const;
/** Characters that are read; what lies beyond is scaled. */
const cap = 32_000;

/** Counts the tokens of a text. Users may hand in an exact tokenizer of this form. */
export type CountTokens = (text: string) => number;

function countText(text: string): number {
  const end = Math.min(text.length, cap);
  let words = 0;
  let sum = 0;
  let inWord = false;
  for (let index = 0; index < end; index++) {
    const char = text.charCodeAt(index);
    if ((char >= 97 && char <= 122) || (char >= 65 && char <= 90)) {
      sum += weights.letter;
      if (!inWord) words++;
      inWord = true;
      continue;
    }
    if (char >= 128 && !isSpace(char) && !isMark(char)) {
      if (isWide(char)) sum += weights.wide;
      else if (isUnspaced(char)) sum += weights.unspaced;
      else {
        sum += char < 0x250 ? weights.accented : weights.otherLetter;
        if (!inWord) words++;
        inWord = true;
        continue;
      }
    } else if (isDigit(char)) sum += weights.digit;
    else if (char === 10) sum += weights.line;
    else if (!isSpace(char)) sum += weights.mark;
    inWord = false;
  }
  const total = sum + words * weights.word;
  return Math.ceil(end < text.length ? total * (text.length / end) : total);
}

function countMessage(message: Message, count: CountTokens): number {
  let tokens = tokensPerMessage;
  if (typeof message.content === 'string') tokens += count(message.content);
  else {
    for (const part of message.content) {
      if (part.type === 'text') tokens += count(part.text);
      else tokens += part.detail === 'low' ? imageTokens.low : imageTokens.other;
    }
  }
  if (message.role === 'assistant') for (const call of message.toolCalls ?? []) tokens += count(call.name) + count(call.arguments);
  return tokens;
}

/**
 * Estimates how many tokens a text or a conversation has, without a vocabulary.
 *
 * Reads at most 32,000 characters of each text and scales the rest. Hand in `count` to use an exact tokenizer for the texts; images and the
 * frames of messages are then still estimated.
 */
export function estimateTokens(input: string | readonly Message[], count: CountTokens = countText): number {
  if (typeof input === 'string') return count(input);
  let tokens = 0;
  for (const message of input) tokens += countMessage(message, count);
  return tokens;
}

/** Estimates the prompt tokens of a request: its messages, its tools and the schema of its answer. */
export function estimatePromptTokens(request: ModelRequest, count: CountTokens = countText): number {
  let tokens = estimateTokens(request.messages, count);
  if (request.toolChoice !== 'none') {
    for (const tool of request.tools ?? []) tokens += count(tool.name) + count(tool.description ?? '') + count(JSON.stringify(tool.parameters));
  }
  if (request.responseFormat?.type === 'json-schema') tokens += count(JSON.stringify(request.responseFormat.schema));
  return tokens;
}
