import { InvalidOptionsError } from '@cascadeflow/contract';
import type { StructuredOutputMethodOptions } from '@langchain/core/language_models/base';
import { type AIMessage, type BaseMessage, isAIMessage } from '@langchain/core/messages';
import { OutputParserException } from '@langchain/core/output_parsers';
import { type InteropZodType, interopSafeParseAsync, isInteropZodSchema } from '@langchain/core/utils/types';
import type { SerializableSchema } from '@langchain/core/utils/standard_schema';
import { toJsonSchema } from '@langchain/core/utils/json_schema';
import type { StructuredMethod, StructuredRequest } from './child/prepare-child.ts';
import { textOf } from './translate/from-messages.ts';

/** A schema in any form that LangChain takes: zod, Standard Schema or JSON Schema. */
export type OutputSchema<Output> = InteropZodType<Output> | SerializableSchema<Output> | Record<string, unknown>;

const methods = ['functionCalling', 'jsonMode', 'jsonSchema'];

/**
 * Reads what `withStructuredOutput` was asked for.
 * @throws InvalidOptionsError when the schema cannot be written as JSON Schema or the method is unknown.
 */
export function readStructuredRequest(schema: unknown, config: StructuredOutputMethodOptions<boolean> = {}): StructuredRequest {
  if (schema === null || typeof schema !== 'object') throw new InvalidOptionsError('schema', 'expected a zod schema, a Standard Schema or a JSON Schema object');
  const { method, name, strict } = config;
  if (method !== undefined && !methods.includes(method)) throw new InvalidOptionsError('method', `must be one of ${methods.join(', ')}, got ${method}`);
  const title = (schema as { readonly title?: unknown }).title;
  const called = name ?? (typeof title === 'string' ? title : undefined);
  return {
    schema: schema as StructuredRequest['schema'],
    jsonSchema: jsonSchemaOf(schema),
    ...(called !== undefined && { name: called }),
    ...(method !== undefined && { method: method as StructuredMethod }),
    ...(strict !== undefined && { strict }),
  };
}

function jsonSchemaOf(schema: object): StructuredRequest['jsonSchema'] {
  // OpenAI's function definitions are taken in place of a schema by LangChain.
  const { parameters, input_schema: input } = schema as { readonly parameters?: object; readonly input_schema?: object };
  if (!('~standard' in schema) && !isInteropZodSchema(schema)) return (parameters ?? input ?? schema) as StructuredRequest['jsonSchema'];
  try {
    return toJsonSchema(schema as never) as StructuredRequest['jsonSchema'];
  } catch (cause) {
    throw new InvalidOptionsError('schema', `cannot be written as JSON Schema: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Reads the structured answer out of a message, checked by the caller's schema.
 * @throws OutputParserException when there is none or it does not fit.
 */
export async function parseStructured(message: BaseMessage, request: StructuredRequest, toolNames: ReadonlySet<string>): Promise<{ [key: string]: unknown }> {
  const { value, text } = readAnswer(message, toolNames);
  const { schema } = request;
  if (isInteropZodSchema(schema)) {
    const parsed = await interopSafeParseAsync(schema, value);
    if (parsed.success) return parsed.data as { [key: string]: unknown };
    throw new OutputParserException(`the answer does not fit the schema: ${(parsed.error as unknown as Error | undefined)?.message ?? ''}`, text);
  }
  const standard = (schema as { readonly '~standard'?: { validate(value: unknown): unknown } })['~standard'];
  if (!standard) return value as { [key: string]: unknown };
  const checked = (await standard.validate(value)) as { readonly value?: unknown; readonly issues?: readonly { readonly message: string }[] };
  if (!checked.issues) return checked.value as { [key: string]: unknown };
  throw new OutputParserException(`the answer does not fit the schema: ${checked.issues.map((issue) => issue.message).join('; ')}`, text);
}

function readAnswer(message: BaseMessage, toolNames: ReadonlySet<string>): { readonly value: unknown; readonly text: string } {
  const calls = isAIMessage(message) ? ((message as AIMessage).tool_calls ?? []) : [];
  const answer = calls.find((call) => !toolNames.has(call.name));
  if (answer) return { value: answer.args, text: JSON.stringify(answer.args) };
  if (calls.length > 0) throw new OutputParserException(`the model called ${calls.map((call) => call.name).join(', ')} instead of answering; use includeRaw to see the calls`);
  const text = textOf(message).trim();
  try {
    return { value: JSON.parse(unfence(text)), text };
  } catch {
    throw new OutputParserException('the answer is not JSON', text);
  }
}

/** Some models put JSON into a fence although they were asked for JSON alone. */
function unfence(text: string): string {
  if (!text.startsWith('```') || !text.endsWith('```')) return text;
  const start = text.indexOf('\n');
  return start < 0 ? text : text.slice(start + 1, -3);
}
