import { type CascadeResult, CascadeError, type ToolDefinition } from '@cascadeflow/contract';
import type { CascadeAgent, RunOptions } from '@cascadeflow/core';
import { BaseChatModel, type ChatModelConfig, type GenerateResult, getParametersJsonSchema, type Message, type StreamChunk, type TokenUsage } from '@n8n/ai-node-sdk';
import { carry, type RunContext } from './child-model.ts';
import type { Decision } from './decision.ts';
import { toDecision } from './decision.ts';
import { fromHostMessages } from './from-host-messages.ts';

/** What n8n hands a model beside its messages. */
export interface HostConfig extends ChatModelConfig {
  /** The messages as LangChain gave them, in the same order. */
  readonly originals?: readonly unknown[];
}

/** What a {@link CascadeModel} is made of. */
export interface CascadeModelParts {
  readonly agent: CascadeAgent;
  readonly runOptions: Pick<RunOptions, 'sessionId' | 'budgetKey'>;
  /** Ends every call when the execution is stopped. */
  readonly cancelSignal: AbortSignal | undefined;
  /** Told of every finished run. */
  readonly onDecision: (decision: Decision, text: string) => void;
}

/** A cascade as a chat model of n8n's SDK, which makes the LangChain model of it that chains and agents are given. */
export class CascadeModel extends BaseChatModel {
  // No private names: `withTools` of the SDK copies the fields it can see.
  private readonly parts: CascadeModelParts;

  constructor(parts: CascadeModelParts) {
    super('cascadeflow', parts.agent.models.map((model) => model.name).join(' > '));
    this.parts = parts;
  }

  /** @throws CascadeError, or what the last connected model threw, when there is no answer. */
  async generate(messages: readonly Message[], config: HostConfig = {}): Promise<GenerateResult> {
    const opened = this.open(messages, config, false);
    try {
      const result = await this.parts.agent.run(opened.messages, opened.options);
      const decision = toDecision(result);
      this.parts.onDecision(decision, result.content);
      return {
        id: result.runId,
        finishReason: result.finishReason.unified,
        usage: toUsage(result),
        message: { role: 'assistant', content: [...(result.content === '' ? [] : [{ type: 'text' as const, text: result.content }]), ...result.toolCalls.map(toCall)] },
        providerMetadata: { finish_reason: result.finishReason.unified, model_name: result.modelUsed, cascade: decision },
      };
    } catch (error) {
      throw toHostError(error, opened.context);
    }
  }

  /** Streams nothing that could be taken back. */
  async *stream(messages: readonly Message[], config: HostConfig = {}): AsyncGenerator<StreamChunk, void, undefined> {
    const opened = this.open(messages, config, true);
    const pieces = this.parts.agent.runStreaming(opened.messages, opened.options);
    try {
      let next = await pieces.next();
      for (; next.done !== true; next = await pieces.next()) yield { type: 'text-delta', delta: next.value };
      const result = next.value;
      for (const { id, name, arguments: args } of result.toolCalls) yield { type: 'tool-call-delta', id, name, argumentsDelta: args };
      this.parts.onDecision(toDecision(result), result.content);
      yield { type: 'finish', finishReason: result.finishReason.unified, usage: toUsage(result) };
    } catch (error) {
      throw toHostError(error, opened.context);
    } finally {
      await pieces.return(undefined as never);
    }
  }

  private open(hostMessages: readonly Message[], config: HostConfig, streaming: boolean) {
    const messages = fromHostMessages(hostMessages);
    const { originals } = config;
    const context: RunContext = {
      streaming,
      ...(originals?.length === messages.length && { originals: new Map(messages.map((message, index) => [message, originals[index]])) }),
    };
    const signals = [config.signal, config.abortSignal, this.parts.cancelSignal].filter((signal) => signal !== undefined);
    const stop = config.stop ?? config.stopSequences;
    const options: RunOptions = {
      ...this.parts.runOptions,
      extra: carry(context),
      ...(signals.length > 0 && { signal: AbortSignal.any(signals) }),
      ...(this.tools.length > 0 && { tools: this.tools.map(toTool) }),
      ...(stop && { stop }),
    };
    return { messages, options, context };
  }
}

function toTool(tool: CascadeModel['tools'][number]): ToolDefinition {
  const parameters = tool.type === 'function' ? getParametersJsonSchema(tool) : undefined;
  return { name: tool.name, parameters: parameters ?? { type: 'object' }, ...(tool.description !== undefined && { description: tool.description }) };
}

function toCall({ id, name, arguments: input }: CascadeResult['toolCalls'][number]) {
  return { type: 'tool-call' as const, toolCallId: id, toolName: name, input };
}

/** Tokens of all calls of the run. */
function toUsage({ usage }: CascadeResult): TokenUsage {
  const promptTokens = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const completionTokens = (usage.output ?? 0) + (usage.reasoning ?? 0);
  return {
    promptTokens,
    completionTokens,
    totalTokens: promptTokens + completionTokens,
    ...(usage.cachedInput !== undefined && { inputTokenDetails: { cacheRead: usage.cachedInput } }),
    ...(usage.reasoning !== undefined && { outputTokenDetails: { reasoning: usage.reasoning } }),
  };
}

/** What n8n shows: the connected model's own error where every model failed, since n8n knows how to explain it; else ours. */
function toHostError(error: unknown, context: RunContext): unknown {
  return CascadeError.is(error) && error.code === 'all-models-failed' && context.lastError instanceof Error ? context.lastError : error;
}
