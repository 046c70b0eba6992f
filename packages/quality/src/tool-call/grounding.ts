import type { JsonSchema, ModelRequest, ToolDefinition } from '@cascadeflow/contract';
import type { ReadCall } from './check-call.ts';
import { conversationText } from './conversation-text.ts';

/** Where the values of calls come from. */
export interface Grounding {
  /** Share of the checkable values that the conversation or the tool's schema mentions, 0 to 1; absent when nothing could be checked. */
  readonly share?: number;
  /** Values that look like an id, an address or a number of record and that nobody mentioned. */
  readonly unmentioned: readonly string[];
}

/** Values that are checked in one verdict at most. */
const maxValues = 60;
/** Characters of a value from which it is compared by its words, not as a whole. */
const longValue = 40;
/** Share of a long value's words that must occur. */
const wordShare = 0.5;

/**
 * Says how far the values of tool calls are grounded in the conversation. Yes and no, values of an enum and defaults speak for themselves; a
 * number counts as mentioned in any spelling of its digits; prose counts by its words.
 */
export function readGrounding(calls: readonly ReadCall[], request: ModelRequest): Grounding {
  const text = conversationText(request);
  const digits = text.replace(/[,\s]/g, '');
  const unmentioned: string[] = [];
  let checked = 0;
  let found = 0;
  for (const { tool, arguments: values } of calls) {
    for (const value of leaves(values)) {
      if (checked === maxValues) break;
      if (typeof value === 'boolean' || value === null || isOffered(tool, value)) continue;
      checked++;
      if (isMentioned(String(value).toLowerCase().trim(), text, digits)) found++;
      else if (looksLikeId(String(value))) unmentioned.push(String(value));
    }
  }
  return { unmentioned, ...(checked > 0 && { share: found / checked }) };
}

function* leaves(value: unknown, depth = 0): Generator<string | number | boolean | null> {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) yield value;
  else if (typeof value === 'object' && depth < 6) for (const inner of Object.values(value)) yield* leaves(inner, depth + 1);
}

/** True when the tool's own schema names the value: enum, const, default, examples. */
function isOffered(tool: ToolDefinition, value: unknown): boolean {
  return JSON.stringify(offers(tool.parameters)).includes(JSON.stringify(value));
}

const offersOf = new WeakMap<JsonSchema, readonly unknown[]>();

function offers(schema: JsonSchema): readonly unknown[] {
  let known = offersOf.get(schema);
  if (!known) {
    known = [...collectOffers(schema, 0)];
    offersOf.set(schema, known);
  }
  return known;
}

function* collectOffers(schema: unknown, depth: number): Generator<unknown> {
  if (typeof schema !== 'object' || schema === null || depth > 8) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'enum' || key === 'examples') yield value;
    else if (key === 'const' || key === 'default') yield [value];
    else yield* collectOffers(value, depth + 1);
  }
}

function isMentioned(value: string, text: string, digits: string): boolean {
  if (value === '' || text.includes(value)) return true;
  if (/^-?[\d.]+$/.test(value)) return digits.includes(value.replace(/^-/, '')) || digits.includes(String(Number(value))) || (/^\d$/.test(value) && Number(value) <= 3);
  if (value.length < longValue && !value.includes(' ')) return false;
  const words = value.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  if (words.length === 0) return true;
  return words.filter((word) => text.includes(word)).length / words.length >= wordShare;
}

/** Letters with digits, long numbers, e-mail and web addresses: nothing a model can know without being told. */
function looksLikeId(value: string): boolean {
  if (value.length > 200 || /\s/.test(value)) return false;
  if (/^\d{6,}$/.test(value) || /@[\w-]+\./.test(value) || /^https?:\/\//.test(value)) return true;
  return value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value) && /^[\w.:/+-]+$/.test(value) && !/^\d{4}-\d\d/.test(value);
}
