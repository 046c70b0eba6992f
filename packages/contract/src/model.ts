import type { ModelEvent } from './model-event.ts';
import type { Price } from './price.ts';
import type { ModelRequest } from './request.ts';

/** What a model can do. Absent means unknown: it is then assumed to be able. */
export interface Capabilities {
  readonly tools?: boolean;
  /** JSON mode or better. */
  readonly json?: boolean;
  readonly vision?: boolean;
  readonly logprobs?: boolean;
  /** Tokens of prompt and answer together. */
  readonly contextWindow?: number;
  /** Most tokens one answer may have. */
  readonly maxOutputTokens?: number;
  /** ISO 639-1 codes of the languages it is good at. */
  readonly languages?: readonly string[];
}

/** What goes with one call. */
export interface CallOptions {
  /** Ends the call; the upstream connection is closed. */
  readonly signal?: AbortSignal;
}

/**
 * Something that writes answers. Small enough to write by hand.
 *
 * A stream yields deltas and closes with exactly one `end` event. A stream that stops without one was cut, and its text is never taken for
 * a whole answer. Failures are thrown as `ProviderError`.
 */
export interface Model {
  readonly contract: 'v1';
  /** Id of the provider, `openai`. */
  readonly provider: string;
  /** Name the provider knows it by, `gpt-4o-mini`. */
  readonly id: string;
  readonly capabilities: Capabilities;
  stream(request: ModelRequest, options?: CallOptions): AsyncIterable<ModelEvent>;
  /** The same answer in one piece, for wires where that is cheaper. The events are those the stream would have had. */
  generate?(request: ModelRequest, options?: CallOptions): Promise<readonly ModelEvent[]>;
}

/** What a provider is told about a model it is asked for. */
export interface ModelSettings {
  readonly capabilities?: Capabilities;
}

/** A vendor or server that has models by name. */
export interface Provider {
  readonly id: string;
  model(name: string, settings?: ModelSettings): Model;
  /** The list price of a model, where the provider knows it. */
  price?(name: string): Price | undefined;
}

/** Facts about a configured model: plain data that routers, judges and events share. */
export interface ModelInfo {
  readonly name: string;
  readonly provider: string;
  /** Position in the cascade, 0 is the cheapest. */
  readonly tier: number;
  readonly price?: Price;
  /** Output tokens per second. */
  readonly speed?: number;
  /** Share of answers expected to be good, 0 to 1. */
  readonly quality?: number;
  /** Domains it is meant for; absent means all. */
  readonly domains?: readonly string[];
  readonly capabilities: Capabilities;
}
