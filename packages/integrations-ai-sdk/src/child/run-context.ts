import type { Message, ModelRequest } from '@cascadeflow/contract';
import type { AnswerPart, CallOptions, GenerateResult, PromptMessage, SpecVersion } from '../spec/language-model.ts';

/** One piece of a child's stream, with how much answer text and thinking had come by its end. */
export interface ChildPiece {
  readonly part: AnswerPart;
  readonly textEnd: number;
  readonly reasoningEnd: number;
}

/** What one call of a language model gave, kept as it was given. */
export interface ChildCall {
  readonly version: SpecVersion;
  readonly pieces: ChildPiece[];
  /** What a model says of itself at the end of a stream. */
  finishMetadata?: { readonly [provider: string]: unknown };
  /** The result of a call that was not streamed. */
  whole?: GenerateResult;
  /** Pieces the reader has been given. */
  released: number;
}

/** What the calls of one run share with the run that made them. It travels with the request, so runs never share it. */
export interface RunContext {
  readonly streaming: boolean;
  /** Version in which the options are written. */
  readonly version: SpecVersion;
  readonly options: CallOptions;
  readonly origins: ReadonlyMap<Message, PromptMessage>;
  /** Calls of each model, in order. */
  readonly calls: Map<string, ChildCall[]>;
  /** The latest thing a child threw, as it was thrown. */
  lastError?: unknown;
}

/** A symbol, so that it is copied with the request but never written to JSON. */
const key = Symbol('cascadeflow.ai-sdk.run');

/** Vendor fields of a request that carry the context to the models. */
export function carry(context: RunContext): NonNullable<ModelRequest['extra']> {
  // Answers kept by the engine's cache depend on the vendors' own options, too.
  const extra: { [name: string | symbol]: unknown } = { providerOptions: context.options.providerOptions, [key]: context };
  return extra;
}

/** The context a request carries, if it came through a cascade of ours. */
export function contextOf(request: ModelRequest): RunContext | undefined {
  return (request.extra as { readonly [key]?: RunContext } | undefined)?.[key];
}

/** Notes that a call begins. */
export function openCall(context: RunContext, model: string, version: SpecVersion): ChildCall {
  const call: ChildCall = { version, pieces: [], released: 0 };
  const calls = context.calls.get(model);
  if (calls) calls.push(call);
  else context.calls.set(model, [call]);
  return call;
}
