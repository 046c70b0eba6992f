import type { Message } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import type { BaseRunManager } from '@langchain/core/callbacks/manager';
import type { BaseChatModelCallOptions, BindToolsInput } from '@langchain/core/language_models/chat_models';
import type { BaseMessage } from '@langchain/core/messages';
import { childCallbacks } from './child/child-callbacks.ts';
import type { StructuredRequest } from './child/prepare-child.ts';
import { carry, type RunContext } from './child/run-context.ts';
import { fromMessages } from './translate/from-messages.ts';
import { toToolChoice, toToolDefinitions } from './translate/tools.ts';

/** What one call may say to the cascade itself. */
export type CascadeRunOptions = Pick<
  RunOptions,
  'quality' | 'secondOpinion' | 'speculation' | 'deadlineMs' | 'forceModel' | 'sessionId' | 'user' | 'budgetKey' | 'cache' | 'metadata'
>;

/** Options of one call: LangChain's, those of the models' own packages, and the cascade's. */
export interface CascadeCallOptions extends BaseChatModelCallOptions {
  tools?: BindToolsInput[];
  /** For the cascade; everything else goes to the models. */
  cascade?: CascadeRunOptions;
  /** Set by `withStructuredOutput`. */
  cascadeStructured?: StructuredRequest;
  [option: string]: unknown;
}

/** A call in the engine's terms. */
export interface OpenedRun {
  readonly messages: readonly Message[];
  readonly options: RunOptions;
  readonly context: RunContext;
}

/** Options that are taken by the cascade, or by the binding of tools. */
const consumed = new Set(['tools', 'tool_choice', 'strict', 'parallel_tool_calls', 'cascade', 'cascadeStructured', 'signal', 'promptIndex', 'outputVersion', 'timeout', 'maxConcurrency']);
const bindingKeys = ['tool_choice', 'strict', 'parallel_tool_calls'] as const;

/** Translates a call, with everything its models need to be called as their owner would have called them. */
export function openRun(originals: readonly BaseMessage[], options: CascadeCallOptions, runManager: BaseRunManager | undefined, streaming: boolean): OpenedRun {
  const { messages, origins, isPartial } = fromMessages(originals);
  const tools = options.tools && options.tools.length > 0 ? options.tools : undefined;
  const definitions = tools ? toToolDefinitions(tools) : [];
  const structured = options.cascadeStructured;
  const binding: { [key: string]: unknown } = {};
  for (const key of bindingKeys) if (options[key] !== undefined) binding[key] = options[key];
  const callOptions: { [key: string]: unknown } = tools || structured ? {} : { ...binding };
  for (const key of Object.keys(options)) if (!consumed.has(key) && options[key] !== undefined) callOptions[key] = options[key];
  const context: RunContext = {
    streaming,
    origins,
    asked: {
      tools: { toolNames: new Set(definitions.map((tool) => tool.name)), binding, ...(tools && { tools }), ...(structured && { structured }) },
      callOptions,
    },
    callbacks: childCallbacks(runManager),
    calls: new Map(),
  };
  const toolChoice = tools && toToolChoice(options.tool_choice);
  const responseFormat = structured ? toFormat(structured.jsonSchema, structured.name) : readFormat(options);
  return {
    messages,
    context,
    options: {
      ...options.cascade,
      extra: { ...callOptions, ...carry(context) },
      // Two questions about two recordings look the same in translation.
      ...(isPartial && { cache: false }),
      ...(options.signal && { signal: options.signal }),
      ...(tools && { tools: definitions }),
      ...(toolChoice !== undefined && { toolChoice }),
      ...(options.stop && { stop: options.stop }),
      ...(responseFormat && { responseFormat }),
    },
  };
}

function toFormat(schema: { readonly [key: string]: unknown }, name?: string): NonNullable<RunOptions['responseFormat']> {
  return { type: 'json-schema', schema, ...(name !== undefined && { name }) };
}

/** A form that the caller asked the vendor for directly, in OpenAI's words, which LangChain's agents use for every vendor. */
function readFormat(options: CascadeCallOptions): RunOptions['responseFormat'] {
  const format = options['response_format'] as { readonly type?: string; readonly json_schema?: { readonly name?: string; readonly schema?: { readonly [key: string]: unknown } } } | undefined;
  if (format?.type === 'json_object') return { type: 'json' };
  return format?.type === 'json_schema' && format.json_schema?.schema ? toFormat(format.json_schema.schema, format.json_schema.name) : undefined;
}
