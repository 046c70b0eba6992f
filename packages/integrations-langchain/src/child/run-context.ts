import type { Message, ModelRequest } from '@cascadeflow/contract';
import type { Callbacks } from '@langchain/core/callbacks/manager';
import type { AIMessage, AIMessageChunk, BaseMessage } from '@langchain/core/messages';
import type { ChildTools } from './prepare-child.ts';

/** One piece of a child's stream, with how much answer text and thinking had come by its end. */
export interface ChildPiece {
  readonly chunk: AIMessageChunk;
  readonly textEnd: number;
  readonly reasoningEnd: number;
}

/** What one call of a chat model gave, kept as LangChain gave it. */
export interface ChildCall {
  readonly pieces: ChildPiece[];
  /** The message of a call that was not streamed. */
  whole?: AIMessage;
  /** Pieces the reader has been given. */
  released: number;
}

/** What the calls of one run share with the run that made them. It travels with the request, so runs never share it. */
export interface RunContext {
  readonly streaming: boolean;
  readonly origins: ReadonlyMap<Message, BaseMessage>;
  /** What the caller of a chat model asked for in LangChain's own terms. Absent where an agent asks: the request then says it all. */
  readonly asked?: {
    readonly tools: ChildTools;
    /** Call options of the vendor's package. */
    readonly callOptions: { readonly [key: string]: unknown };
  };
  readonly callbacks: Callbacks | undefined;
  /** Calls of each model, in order. */
  readonly calls: Map<string, ChildCall[]>;
  /** The latest thing a child threw, as it was thrown. */
  lastError?: unknown;
}

/** A symbol, so that it is copied with the request but never written to JSON. */
const key = Symbol('cascadeflow.langchain.run');

/** Vendor fields of a request that carry the context to the models. */
export function carry(context: RunContext): NonNullable<ModelRequest['extra']> {
  const extra: { [name: string | symbol]: unknown } = { [key]: context };
  return extra;
}

/** The context a request carries, if it came through a chat model of ours. */
export function contextOf(request: ModelRequest): RunContext | undefined {
  return (request.extra as { readonly [key]?: RunContext } | undefined)?.[key];
}

/** Notes that a call begins. */
export function openCall(context: RunContext, model: string): ChildCall {
  const call: ChildCall = { pieces: [], released: 0 };
  const calls = context.calls.get(model);
  if (calls) calls.push(call);
  else context.calls.set(model, [call]);
  return call;
}
