import type { ModelEvent, TokenLogprob } from '@cascadeflow/contract';
import { asList, asRecord, asText } from '../wire/json.ts';

/** What servers write where they have no value; vLLM does so for tokens of probability 0. */
const absent = -9999;

/** Reads the `logprobs` of a choice: OpenAI's `content` list, Together's parallel lists, or Together's bare number for the one token of a piece. */
export function fromChatLogprobs(wire: unknown, piece?: unknown, pieceTop?: unknown): readonly TokenLogprob[] {
  if (typeof wire === 'number') return fromLists([piece], [wire], [pieceTop]);
  const logprobs = asRecord(wire);
  if (!logprobs) return [];
  const tokens = logprobs['tokens'];
  if (Array.isArray(tokens)) return fromLists(tokens, asList(logprobs['token_logprobs']), asList(logprobs['top_logprobs']));
  const found: TokenLogprob[] = [];
  for (const entry of asList(logprobs['content'])) {
    const token = toToken(entry);
    if (!token) continue;
    const top = asList(asRecord(entry)?.['top_logprobs']).map(toToken).filter((other) => other !== undefined);
    found.push(top.length > 0 ? { ...token, top } : token);
  }
  return found;
}

function toToken(entry: unknown): TokenLogprob | undefined {
  const { token, logprob } = asRecord(entry) ?? {};
  if (typeof token !== 'string' || typeof logprob !== 'number' || logprob <= absent) return undefined;
  return { token, logprob };
}

function fromLists(tokens: readonly unknown[], values: readonly unknown[], tops: readonly unknown[]): readonly TokenLogprob[] {
  return tokens.flatMap((token, index) => {
    const logprob = values[index];
    if (asText(token) === undefined || typeof logprob !== 'number' || logprob <= absent) return [];
    const top = Object.entries(asRecord(tops[index]) ?? {})
      .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
      .map(([name, value]) => ({ token: name, logprob: value }))
      .toSorted((a, b) => b.logprob - a.logprob);
    return [{ token: token as string, logprob, ...(top.length > 0 && { top }) }];
  });
}

/** Holds back log probabilities until one of them is not 0: servers that have none send zeros, and an answer of zeros says nothing. */
export function createPlaceholderFilter(): (tokens: readonly TokenLogprob[]) => readonly TokenLogprob[] {
  let held: TokenLogprob[] | undefined = [];
  return (tokens) => {
    if (!held) return tokens;
    held.push(...tokens);
    if (tokens.every((token) => token.logprob === 0)) return [];
    const released = held;
    held = undefined;
    return released;
  };
}

/** Adds a `logprobs` event when there is anything to tell. */
export function pushLogprobs(tokens: readonly TokenLogprob[], events: ModelEvent[]): void {
  if (tokens.length > 0) events.push({ type: 'logprobs', tokens });
}
