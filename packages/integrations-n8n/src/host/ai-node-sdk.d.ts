/** The part of n8n's SDK for AI nodes that these nodes use. n8n brings it. */
declare module '@n8n/ai-node-sdk' {
  import type { ISupplyDataFunctions, SupplyData } from 'n8n-workflow';

  export type MessageContent =
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'reasoning'; readonly text: string }
    | { readonly type: 'file'; readonly mediaType?: string; readonly data?: string | Uint8Array; readonly providerMetadata?: { readonly url?: string } }
    | { readonly type: 'tool-call'; readonly toolCallId?: string; readonly toolName: string; readonly input: string }
    | { readonly type: 'invalid-tool-call'; readonly toolCallId?: string; readonly error?: string; readonly args?: string; readonly name?: string }
    | { readonly type: 'tool-result'; readonly toolCallId: string; readonly result: unknown; readonly isError?: boolean };
  export interface Message {
    readonly role: 'system' | 'user' | 'assistant' | 'tool';
    readonly content: readonly MessageContent[];
    readonly name?: string;
    readonly id?: string;
  }
  export interface Tool {
    readonly type: 'function' | 'provider';
    readonly name: string;
    readonly description?: string;
    readonly inputSchema?: unknown;
  }
  export interface TokenUsage {
    readonly promptTokens: number;
    readonly completionTokens: number;
    readonly totalTokens: number;
    readonly inputTokenDetails?: { readonly cacheRead?: number };
    readonly outputTokenDetails?: { readonly reasoning?: number };
  }
  export type FinishReason = 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other';
  export interface GenerateResult {
    readonly id?: string;
    readonly finishReason?: FinishReason;
    readonly usage?: TokenUsage;
    readonly message: Message;
    readonly providerMetadata?: { readonly [key: string]: unknown };
  }
  export type StreamChunk =
    | { readonly type: 'text-delta'; readonly delta: string }
    | { readonly type: 'tool-call-delta'; readonly id?: string; readonly name?: string; readonly argumentsDelta?: string }
    | { readonly type: 'content'; readonly content: MessageContent; readonly id?: string }
    | { readonly type: 'finish'; readonly finishReason: FinishReason; readonly usage?: TokenUsage };
  export interface ChatModelConfig {
    readonly temperature?: number;
    readonly maxTokens?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
    readonly stop?: readonly string[];
    readonly abortSignal?: AbortSignal;
    readonly signal?: AbortSignal;
  }
  export abstract class BaseChatModel {
    readonly provider: string;
    readonly modelId: string;
    protected tools: Tool[];
    constructor(provider: string, modelId: string, config?: ChatModelConfig, tools?: Tool[]);
    abstract generate(messages: readonly Message[], config?: ChatModelConfig): Promise<GenerateResult>;
    abstract stream(messages: readonly Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk>;
    withTools(tools: Tool[]): BaseChatModel;
  }
  export function supplyModel(context: ISupplyDataFunctions, model: BaseChatModel): SupplyData;
  export function getParametersJsonSchema(tool: Tool): { readonly [key: string]: unknown } | undefined;
}
