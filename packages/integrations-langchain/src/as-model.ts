import { type Capabilities, InvalidOptionsError, type Model, type ModelEvent, type ModelRequest, ProviderError, type ReasoningEffort } from '@cascadeflow/contract';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk } from '@langchain/core/messages';
import { childCallbacks, silentTags } from './child/child-callbacks.ts';
import { ChunkReader } from './child/chunk-reader.ts';
import { childPreparer, type ChildTools, type PreparedChild } from './child/prepare-child.ts';
import { contextOf, openCall, type RunContext } from './child/run-context.ts';
import { describeChatModel } from './describe-chat-model.ts';
import { toProviderError } from './translate/provider-error.ts';
import { toMessages } from './translate/to-messages.ts';
import { fromToolChoice, toBindable } from './translate/tools.ts';

/** Settings that LangChain fixes when a chat model is made. */
export interface ChatModelSettings {
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly reasoningEffort?: ReasoningEffort;
}

/** A chat model, or a function that makes one with the settings a request asks for. */
export type ChatModelSource = BaseChatModel | ((settings: ChatModelSettings) => BaseChatModel);

/** How a chat model presents itself to a cascade. */
export interface AsModelOptions {
  /** Default: the name LangChain traces it by. */
  readonly id?: string;
  /** Default: the provider LangChain traces it by. */
  readonly provider?: string;
  /** Added to what the chat model says of itself. */
  readonly capabilities?: Capabilities;
}

/**
 * Any LangChain chat model as a Model for a `CascadeAgent`. It keeps its own key, settings, retries and callbacks. Settings of a request that
 * LangChain fixes at construction (temperature, maxTokens …) reach it only through a function; otherwise a warning says that they did not.
 * @throws InvalidOptionsError when it is given something that is no chat model.
 */
export function asModel(source: ChatModelSource, options: AsModelOptions = {}): Model {
  const make = settingsMaker(source);
  const first = make({});
  const said = describeChatModel(first);
  const provider = options.provider ?? said.provider;
  const id = options.id ?? said.id;
  const prepare = new Map<BaseChatModel, (request: ChildTools) => PreparedChild>();

  return {
    contract: 'v1',
    provider,
    id,
    capabilities: { ...said.capabilities, ...options.capabilities },
    async *stream(request, { signal } = {}): AsyncGenerator<ModelEvent, void, undefined> {
      const context = contextOf(request);
      const call = context && openCall(context, id);
      const warnings: string[] = [];
      const settings = settingsOf(request);
      const chatModel = Object.keys(settings).length === 0 ? first : make(settings);
      if (chatModel === first) for (const name of Object.keys(settings)) warnings.push(`${name} is fixed in the chat model and was not changed`);
      let preparer = prepare.get(chatModel);
      if (!preparer) prepare.set(chatModel, (preparer = childPreparer(chatModel, id)));
      try {
        const tools = context?.asked?.tools ?? toolsOf(request);
        const { runnable, answersByTool } = prepareOrWarn(preparer, tools, context?.asked !== undefined, warnings);
        const streaming = context?.streaming ?? true;
        const reader = new ChunkReader({ provider, model: id, toolNames: tools.toolNames, answersByTool, streaming, call });
        const messages = toMessages(request.messages, context?.origins, provider);
        const config = callConfig(request, context, signal, id);
        if (streaming) for await (const chunk of await runnable.stream(messages, config)) yield* reader.read(chunk);
        else yield* reader.read((await runnable.invoke(messages, config)) as AIMessageChunk);
        if (signal?.aborted) throw signal.reason;
        yield* reader.end(warnings);
      } catch (error) {
        if (context) context.lastError = error;
        throw InvalidOptionsError.is(error) && error.code === 'invalid-options' ? cannot(error, provider, id) : toProviderError(error, provider, id);
      }
    },
  };
}

/** What the chat model cannot do is its own failure within a run: the cascade records it and goes on to the next. */
function cannot(error: Error, provider: string, model: string): ProviderError {
  return new ProviderError(error.message, { kind: 'bad-request', provider, model, retryable: false, cause: error });
}

/** Makes each set of settings once. */
function settingsMaker(source: ChatModelSource): (settings: ChatModelSettings) => BaseChatModel {
  if (typeof source !== 'function') return () => source;
  const made = new Map<string, BaseChatModel>();
  return (settings) => {
    const key = JSON.stringify(settings);
    let chatModel = made.get(key);
    if (!chatModel) made.set(key, (chatModel = source(settings)));
    return chatModel;
  };
}

function settingsOf({ temperature, topP, maxTokens, reasoningEffort }: ModelRequest): ChatModelSettings {
  return {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
  };
}

function toolsOf({ tools, toolChoice, parallelToolCalls, responseFormat }: ModelRequest): ChildTools {
  const binding = {
    ...(toolChoice !== undefined && { tool_choice: fromToolChoice(toolChoice) }),
    ...(parallelToolCalls !== undefined && { parallel_tool_calls: parallelToolCalls }),
  };
  const structured =
    responseFormat?.type === 'json-schema' ? { schema: responseFormat.schema, jsonSchema: responseFormat.schema, ...(responseFormat.name !== undefined && { name: responseFormat.name }) }
    : responseFormat?.type === 'json' ? { schema: { type: 'object' }, jsonSchema: { type: 'object' }, method: 'jsonMode' as const }
    : undefined;
  return {
    toolNames: new Set(tools?.map((tool) => tool.name)),
    binding,
    ...(tools && tools.length > 0 && { tools: tools.map(toBindable) }),
    ...(structured && { structured }),
  };
}

/** A chat model that cannot be held to a form is asked without it: the judge checks the form in any case. */
function prepareOrWarn(prepare: (request: ChildTools) => PreparedChild, request: ChildTools, isAsked: boolean, warnings: string[]): PreparedChild {
  try {
    return prepare(request);
  } catch (error) {
    if (isAsked || !request.structured) throw error;
    warnings.push((error as Error).message);
    const { structured, ...rest } = request;
    return prepare(rest);
  }
}

function callConfig(request: ModelRequest, context: RunContext | undefined, signal: AbortSignal | undefined, id: string): { readonly [key: string]: unknown } {
  const callbacks = context ? context.callbacks : childCallbacks(undefined);
  const { stop, seed, user, extra } = request;
  const own = { ...(stop && { stop: [...stop] }), ...(seed !== undefined && { seed }), ...(user !== undefined && { user }), ...extra };
  return {
    ...(context?.asked?.callOptions ?? own),
    ...(signal && { signal }),
    ...(callbacks && { callbacks, tags: silentTags, metadata: { cascade_model: id } }),
  };
}
