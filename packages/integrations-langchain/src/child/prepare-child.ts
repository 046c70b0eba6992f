import { InvalidOptionsError } from '@cascadeflow/contract';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import type { BaseChatModel, BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk } from '@langchain/core/messages';
import { isInteropZodSchema } from '@langchain/core/utils/types';
import { type Runnable, RunnableBinding, RunnableSequence } from '@langchain/core/runnables';

/** Ways of holding a model to a schema. */
export type StructuredMethod = 'functionCalling' | 'jsonMode' | 'jsonSchema';

/** An answer that must fit a schema. */
export interface StructuredRequest {
  /** Zod schema, Standard Schema or JSON Schema, as the caller gave it. */
  readonly schema: { readonly [key: string]: unknown };
  readonly jsonSchema: { readonly [key: string]: unknown };
  readonly name?: string;
  /** Default: what each model's own package prefers. */
  readonly method?: StructuredMethod;
  readonly strict?: boolean;
}

/** Tools and form of an answer, as a chat model is to be asked for them. */
export interface ChildTools {
  readonly tools?: readonly BindToolsInput[];
  readonly toolNames: ReadonlySet<string>;
  /** `tool_choice` and what else vendors' packages want to know while binding. */
  readonly binding: { readonly [key: string]: unknown };
  readonly structured?: StructuredRequest;
}

/** A chat model made ready for a request. */
export interface PreparedChild {
  readonly runnable: Runnable<BaseLanguageModelInput, AIMessageChunk>;
  /** True when the structured answer comes as the arguments of a tool call. */
  readonly answersByTool: boolean;
}

/** Binds tools and schemas to one chat model, once for each list of tools and each schema. */
export function childPreparer(chatModel: BaseChatModel, name: string): (request: ChildTools) => PreparedChild {
  const plain: PreparedChild = { runnable: chatModel, answersByTool: false };
  const prepared = new WeakMap<object, Map<string, PreparedChild>>();
  return (request) => {
    const anchor = request.tools ?? request.structured?.schema;
    if (!anchor) return plain;
    let byBinding = prepared.get(anchor);
    if (!byBinding) prepared.set(anchor, (byBinding = new Map()));
    const { method, strict, name: schemaName } = request.structured ?? {};
    const key = JSON.stringify([request.binding, request.structured && [method, strict, schemaName, request.structured.jsonSchema]]);
    let child = byBinding.get(key);
    if (!child) byBinding.set(key, (child = prepareChild(chatModel, name, request)));
    return child;
  };
}

/**
 * Binds what a request needs to one chat model.
 * @throws InvalidOptionsError naming the model when it cannot be held to the schema or cannot call tools.
 */
export function prepareChild(chatModel: BaseChatModel, name: string, { tools, structured, binding }: ChildTools): PreparedChild {
  if (!structured) return { runnable: bindTools(chatModel, name, tools ?? [], binding), answersByTool: false };
  if (!tools) return structuredChild(chatModel, name, structured);
  if (structured.method !== undefined && structured.method !== 'functionCalling') {
    const bound = bindTools(chatModel, name, tools, binding);
    if (!('withStructuredOutput' in bound)) {
      throw new InvalidOptionsError('method', `${name} cannot combine tools with ${structured.method}; leave the method out or use functionCalling`);
    }
    return structuredChild(bound as unknown as BaseChatModel, name, structured);
  }
  const answerTool = {
    type: 'function',
    function: { name: structured.name ?? 'extract', description: 'Gives the final answer. Call it when everything needed is known.', parameters: structured.jsonSchema },
  };
  return { runnable: bindTools(chatModel, name, [...tools, answerTool], { ...binding, tool_choice: 'any' }), answersByTool: true };
}

function bindTools(chatModel: BaseChatModel, name: string, tools: readonly BindToolsInput[], binding: ChildTools['binding']): PreparedChild['runnable'] {
  if (typeof chatModel.bindTools !== 'function') throw new InvalidOptionsError('tools', `${name} has no bindTools and cannot call tools`);
  return chatModel.bindTools([...tools], binding) as PreparedChild['runnable'];
}

function structuredChild(chatModel: BaseChatModel, name: string, structured: StructuredRequest): PreparedChild {
  const { schema, method, strict, name: schemaName } = structured;
  let pipeline: unknown;
  try {
    pipeline = chatModel.withStructuredOutput(schema, {
      ...(schemaName !== undefined && { name: schemaName }),
      ...(method !== undefined && { method }),
      ...(strict !== undefined && { strict }),
    });
  } catch (cause) {
    throw new InvalidOptionsError('withStructuredOutput', `${name} cannot be held to a schema${method === undefined ? '' : ` by ${method}`}: ${(cause as Error).message}`, { cause });
  }
  const runnable = withoutParsing(modelOf(pipeline) as PreparedChild['runnable'], structured.jsonSchema);
  return { runnable, answersByTool: boundTools(runnable).length > 0 };
}

/** The model at the head of what `withStructuredOutput` returns: its parser is of no use here, because the judge reads the raw answer. */
function modelOf(pipeline: unknown): unknown {
  let runnable = pipeline;
  for (;;) {
    if (RunnableSequence.isRunnableSequence(runnable)) runnable = runnable.steps[0];
    else if (RunnableBinding.isRunnableBinding(runnable) && RunnableSequence.isRunnableSequence(runnable.bound)) runnable = runnable.bound;
    else return runnable;
  }
}

/**
 * OpenAI's client checks answers against zod schemas itself and throws the answer away, with its token counts, when it does not fit. The same
 * schema as JSON Schema is enforced by the vendor alike, and the judge gets to see the answer.
 */
function withoutParsing(runnable: PreparedChild['runnable'], jsonSchema: StructuredRequest['jsonSchema']): PreparedChild['runnable'] {
  const { defaultOptions } = runnable as unknown as { readonly defaultOptions?: { readonly response_format?: { readonly json_schema?: { readonly schema?: unknown; readonly strict?: boolean } } } };
  const format = defaultOptions?.response_format?.json_schema;
  if (!format || !isInteropZodSchema(format.schema)) return runnable;
  const json_schema = { ...format, schema: jsonSchema, strict: format.strict ?? true };
  return runnable.withConfig({ response_format: { type: 'json_schema', json_schema } } as object);
}

/** Tools that are bound to a runnable, in whichever of the three places its package keeps them. */
function boundTools(runnable: unknown): readonly unknown[] {
  const { config, kwargs, defaultOptions } = runnable as { readonly [place: string]: { readonly tools?: unknown } | undefined };
  for (const place of [config, kwargs, defaultOptions]) if (Array.isArray(place?.tools)) return place.tools as unknown[];
  return [];
}
