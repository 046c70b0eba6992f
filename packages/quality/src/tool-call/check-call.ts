import type { JsonSchema, ToolCall, ToolDefinition } from '@cascadeflow/contract';
import { validateSchema } from '../json-schema.ts';

/** What can be wrong with a tool call in itself. */
export type ToolCallFault = 'unknown-tool' | 'broken-json' | 'invented-argument' | 'schema';

/** One fault of one call, in words for the verdict's reason. */
export interface ToolCallProblem {
  readonly fault: ToolCallFault;
  /** Name of the tool as the model wrote it. */
  readonly tool: string;
  /** JSON Pointer of the argument, `''` for the whole. */
  readonly path: string;
  readonly message: string;
}

/** A call whose arguments could be read. */
export interface ReadCall {
  readonly tool: ToolDefinition;
  readonly arguments: { readonly [name: string]: unknown };
}

/** Characters of arguments that are parsed; a longer call is a fault, because no tool wants a book. */
const maxArguments = 200_000;

/** Reads the arguments of a call. An empty text stands for no arguments, as some vendors write it. `undefined` when it is no JSON object. */
export function readArguments(call: ToolCall): { readonly [name: string]: unknown } | undefined {
  if (call.arguments.trim() === '') return {};
  if (call.arguments.length > maxArguments) return undefined;
  try {
    const value: unknown = JSON.parse(call.arguments);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [name: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Checks one call against the tools on offer: the name is known, the arguments parse, none is invented, and all fit the tool's JSON Schema,
 * required, type, enum and format included. An empty list means that the call could be run.
 */
export function checkCall(call: ToolCall, tools: readonly ToolDefinition[]): readonly ToolCallProblem[] {
  const tool = tools.find((candidate) => candidate.name === call.name);
  if (!tool) return [{ fault: 'unknown-tool', tool: call.name, path: '', message: `there is no tool called "${call.name}"` }];
  const values = readArguments(call);
  if (!values) return [{ fault: 'broken-json', tool: call.name, path: '', message: 'its arguments are not a JSON object' }];
  const problems: ToolCallProblem[] = inventedArguments(tool.parameters, values, '').map((path) => ({
    fault: 'invented-argument', tool: call.name, path, message: `the tool has no argument "${path.slice(1)}"`,
  }));
  for (const violation of validateSchema(tool.parameters, values)) {
    if (problems.some((problem) => problem.path === violation.path)) continue;
    problems.push({ fault: 'schema', tool: call.name, path: violation.path, message: violation.message });
  }
  return problems;
}

/** Levels of nested objects that are searched for invented arguments. */
const maxDepth = 6;

/** Arguments that no schema declares, as JSON Pointers. An object whose schema is open on purpose, or declares nothing, accepts any. */
function inventedArguments(schema: JsonSchema, value: unknown, path: string, depth = 0): string[] {
  const declared = schema['properties'] as { readonly [name: string]: JsonSchema } | undefined;
  if (depth > maxDepth || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const items = schema['items'];
    if (typeof items !== 'object' || items === null || Array.isArray(items)) return [];
    return value.flatMap((entry, index) => inventedArguments(items as JsonSchema, entry, `${path}/${index}`, depth + 1));
  }
  if (!declared || isOpen(schema)) return [];
  const found: string[] = [];
  for (const [name, entry] of Object.entries(value)) {
    const at = `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const inner = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (inner === undefined) found.push(at);
    else if (typeof inner === 'object') found.push(...inventedArguments(inner, entry, at, depth + 1));
  }
  return found;
}

/** Keywords through which a schema may declare arguments elsewhere than in `properties`. */
const elsewhere = ['patternProperties', 'allOf', 'anyOf', 'oneOf', '$ref', 'if', 'dependentSchemas', 'unevaluatedProperties'] as const;

function isOpen(schema: JsonSchema): boolean {
  const more = schema['additionalProperties'];
  return more === true || (typeof more === 'object' && more !== null) || elsewhere.some((keyword) => keyword in schema);
}
