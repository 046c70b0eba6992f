import { InvalidOptionsError, type JsonSchema, type Message, type QualityTarget } from '@cascadeflow/contract';

/** Looks a parameter of one item up by its name. */
export type ReadField = (name: string, fallback?: unknown) => unknown;

/** @throws InvalidOptionsError when the text is missing. */
export function readText(read: ReadField, name: string, label: string): string {
  const text = read(name, '');
  if (typeof text === 'string' && text.trim() !== '') return text;
  throw new InvalidOptionsError(label, `is empty; give a text${text === '' ? '' : `, it is ${JSON.stringify(text)}`}`);
}

/** @throws InvalidOptionsError when the probability is none. */
export function readTarget(read: ReadField): QualityTarget {
  const level = read('level', 'balanced') as 'economy' | 'balanced' | 'strict' | 'probability';
  if (level !== 'probability') return level;
  const minProbability = Number(read('minProbability'));
  if (minProbability >= 0 && minProbability <= 1) return { minProbability };
  throw new InvalidOptionsError('Minimum Probability', `give a number from 0 to 1; it is ${JSON.stringify(read('minProbability'))}`);
}

/** @throws InvalidOptionsError when it is no JSON object. */
export function readSchema(value: unknown): JsonSchema | undefined {
  if (value === undefined || value === '') return undefined;
  const schema = parseJson(value, 'JSON Schema');
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw new InvalidOptionsError('JSON Schema', 'give an object such as { "type": "object", "properties": { … } }');
  return schema as JsonSchema;
}

/** @throws InvalidOptionsError naming the message that is wrong. */
export function readMessages(read: ReadField): Message[] {
  if (read('input', 'prompt') !== 'messages') return [{ role: 'user', content: readText(read, 'prompt', 'Prompt') }];
  const list = parseJson(read('messages', ''), 'Messages');
  if (!Array.isArray(list) || list.length === 0) throw new InvalidOptionsError('Messages', 'give a list with at least one message');
  return list.map((entry: { readonly role?: unknown; readonly content?: unknown } | null, index) => {
    if ((entry?.role === 'system' || entry?.role === 'user' || entry?.role === 'assistant') && typeof entry.content === 'string') return { role: entry.role, content: entry.content };
    throw new InvalidOptionsError(`Messages[${index}]`, 'give role (system, user or assistant) and content (a text)');
  });
}

function parseJson(value: unknown, label: string): unknown {
  if (typeof value !== 'string') return value;
  let problem: string;
  try {
    return JSON.parse(value);
  } catch (error) {
    problem = (error as Error).message;
  }
  throw new InvalidOptionsError(label, `is not JSON: ${problem}`);
}
