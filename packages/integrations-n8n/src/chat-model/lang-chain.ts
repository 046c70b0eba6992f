/** LangChain chat models as n8n's sub-nodes supply them, by the part that is used here. Their classes stay n8n's own. */
export interface LangChainModel {
  bindTools?(tools: readonly object[], binding?: object): LangChainRunnable;
  stream(messages: readonly unknown[], config: object): Promise<AsyncIterable<LangChainMessage>>;
  invoke(messages: readonly unknown[], config: object): Promise<LangChainMessage>;
}

/** A chat model, or one with tools bound to it. */
export type LangChainRunnable = Pick<LangChainModel, 'stream' | 'invoke'>;

/** An answer, or a piece of one. */
export interface LangChainMessage {
  readonly content: string | readonly { readonly type?: string; readonly text?: string; readonly thinking?: string; readonly reasoning?: string; readonly signature?: string }[];
  readonly id?: string;
  readonly additional_kwargs?: { readonly [key: string]: unknown };
  readonly response_metadata?: { readonly [key: string]: unknown };
  readonly usage_metadata?: object;
  readonly tool_calls?: readonly { readonly id?: string; readonly name: string; readonly args: unknown }[];
  readonly invalid_tool_calls?: readonly CallPiece[];
  readonly tool_call_chunks?: readonly CallPiece[];
}

/** A tool call, or a piece of one, with its arguments as text. */
export interface CallPiece {
  readonly index?: string | number | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly args?: string | undefined;
}

/** True for what a chat model sub-node supplies. */
export function isLangChainModel(value: unknown): value is LangChainModel {
  const model = value as { readonly invoke?: unknown; readonly stream?: unknown; readonly _llmType?: unknown } | null | undefined;
  return typeof model?.invoke === 'function' && typeof model.stream === 'function' && typeof model._llmType === 'function';
}
