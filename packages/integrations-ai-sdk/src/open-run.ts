import type { Message, ToolDefinition } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { carry, type RunContext } from './child/run-context.ts';
import type { CallOptions, SpecVersion } from './spec/language-model.ts';
import { fromPrompt } from './translate/from-prompt.ts';

/** What one call may say to the cascade itself, as `providerOptions.cascadeflow`. */
export type CascadeRunOptions = Pick<
  RunOptions,
  'quality' | 'secondOpinion' | 'speculation' | 'deadlineMs' | 'forceModel' | 'sessionId' | 'user' | 'budgetKey' | 'cache' | 'metadata'
>;

/** A call in the engine's terms. */
export interface OpenedRun {
  readonly messages: readonly Message[];
  readonly options: RunOptions;
  readonly context: RunContext;
}

/** Translates a call, with everything its models need to be called as the AI SDK would have called them. */
export function openRun(given: CallOptions, version: SpecVersion, streaming: boolean): OpenedRun {
  const { cascadeflow: own, ...providerOptions } = (given.providerOptions ?? {}) as { readonly cascadeflow?: CascadeRunOptions; readonly [provider: string]: unknown };
  const callOptions = own ? ({ ...given, providerOptions } as CallOptions) : given;
  const { messages, origins, isPartial } = fromPrompt(given.prompt);
  const context: RunContext = { streaming, version, options: callOptions, origins, calls: new Map() };
  const { temperature, topP, maxOutputTokens, stopSequences, seed, abortSignal, tools, toolChoice, responseFormat } = given;
  const definitions = tools?.map(toDefinition);
  return {
    messages,
    context,
    options: {
      ...own,
      extra: carry(context),
      // Two questions about two recordings look the same in translation.
      ...(isPartial && { cache: false }),
      ...(abortSignal && { signal: abortSignal }),
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
      ...(maxOutputTokens !== undefined && { maxTokens: maxOutputTokens }),
      ...(stopSequences && stopSequences.length > 0 && { stop: stopSequences }),
      ...(seed !== undefined && { seed }),
      ...(definitions && definitions.length > 0 && { tools: definitions }),
      ...(definitions && definitions.length > 0 && toolChoice && { toolChoice: toolChoice.type === 'tool' ? { name: toolChoice.toolName } : toolChoice.type }),
      ...(responseFormat?.type === 'json' && { responseFormat: toFormat(responseFormat) }),
    },
  };
}

type Tool = NonNullable<CallOptions['tools']>[number];

const anyObject = { type: 'object' } as const;

/** A vendor's built-in tool is its name alone. */
function toDefinition(tool: Tool): ToolDefinition {
  if (tool.type !== 'function') return { name: tool.name, parameters: anyObject };
  return { name: tool.name, parameters: tool.inputSchema as ToolDefinition['parameters'], ...(tool.description !== undefined && { description: tool.description }) };
}

function toFormat({ schema, name }: Extract<NonNullable<CallOptions['responseFormat']>, { type: 'json' }>): NonNullable<RunOptions['responseFormat']> {
  return schema ? { type: 'json-schema', schema: schema as { [key: string]: unknown }, ...(name !== undefined && { name }) } : { type: 'json' };
}
