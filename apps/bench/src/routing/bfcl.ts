import type { JsonSchema, ModelRequest, ToolCall, ToolDefinition } from '@cascadeflow/contract';
import { promptOf, readRows, type Row } from './rows.ts';

/** A question with its tools in JSON Schema and the calls that answer it. */
export interface ToolQuestion {
  readonly id: string;
  readonly request: ModelRequest;
  /** Empty where no call is due. */
  readonly gold: readonly ToolCall[];
}

/** Types as the set writes them, in the words of JSON Schema. `any` has no type. */
const typeNames: { readonly [type: string]: string | undefined } = {
  dict: 'object', hashmap: 'object', object: 'object', float: 'number', double: 'number', long: 'integer', number: 'number', integer: 'integer', int: 'integer', byte: 'integer', short: 'integer', bigint: 'integer',
  string: 'string', char: 'string', boolean: 'boolean', bool: 'boolean', array: 'array', arraylist: 'array', list: 'array', tuple: 'array', set: 'array',
};

function toSchema(from: { readonly [key: string]: unknown }): JsonSchema {
  const { type, properties, items, optional: _, default: given, ...rest } = from;
  const name = typeof type === 'string' ? typeNames[type.toLowerCase()] : undefined;
  return {
    ...rest,
    ...(name && { type: name }),
    ...(given !== undefined && given !== null && { default: given }),
    ...(isRecord(properties) && { properties: Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, isRecord(value) ? toSchema(value) : {}])) }),
    ...(isRecord(items) && { items: toSchema(items) }),
  };
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The first acceptable value of each argument. An argument whose values include `''` may be left out, and is, unless the tool's schema requires
 * it. Objects, alone or in lists, hold lists of acceptable values in turn.
 */
function goldArguments(accepted: { readonly [name: string]: unknown }, schema: JsonSchema = {}): { readonly [name: string]: unknown } {
  const required = Array.isArray(schema['required']) ? (schema['required'] as readonly string[]) : [];
  const values: { [name: string]: unknown } = {};
  for (const [name, choices] of Object.entries(accepted)) {
    if (!Array.isArray(choices) || (choices.includes('') && !required.includes(name))) continue;
    const first: unknown = choices.find((choice) => choice !== '');
    if (first !== undefined) values[name] = Array.isArray(first) ? first.map(goldValue) : goldValue(first);
  }
  return values;
}

function goldValue(value: unknown): unknown {
  return isRecord(value) && Object.values(value).every(Array.isArray) ? goldArguments(value) : value;
}

/** Reads the set; only questions whose gold calls are given as values, and questions where no call is due. */
export function toolQuestions(folder: string): { readonly questions: readonly ToolQuestion[]; readonly skipped: number } {
  const questions: ToolQuestion[] = [];
  let skipped = 0;
  for (const row of readRows(folder, 'bfcl_questions')) {
    const gold = goldCalls(row);
    if (!gold) {
      skipped++;
      continue;
    }
    const tools = (row.tools ?? []).map((tool): ToolDefinition => ({ name: tool.name, ...(tool.description !== undefined && { description: tool.description }), parameters: toSchema(tool.parameters) }));
    questions.push({ id: row.id, gold, request: { messages: [{ role: 'user', content: promptOf(row) }], tools } });
  }
  return { questions, skipped };
}

/** Java and JavaScript questions write every value as source text, and executable ones as Python: neither is JSON. */
function goldCalls(row: Row): readonly ToolCall[] | undefined {
  const { reference, category = '' } = row;
  if (typeof reference === 'string') return reference.startsWith('NO_CALL') ? [] : undefined;
  if (!isRecord(reference) || 'calls' in reference || category === 'java' || category === 'javascript') return undefined;
  const names = new Set((row.tools ?? []).map((tool) => tool.name));
  return Object.entries(reference).map(([key, accepted], index) => {
    const name = names.has(key) ? key : key.replace(/[ _]\d+$/, '');
    const schema = row.tools?.find((tool) => tool.name === name)?.parameters;
    return { id: String(index), name, arguments: JSON.stringify(goldArguments(isRecord(accepted) ? accepted : {}, schema)) };
  });
}
