import type { Message, ModelInfo } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import type { JsonObject } from '../http/read-body.ts';

/** A request in the engine's terms. */
export interface Asked {
  readonly messages: readonly Message[];
  readonly options: RunOptions;
  /** What was not passed on, in plain words. */
  readonly warnings: readonly string[];
}

/** Whose fields a model's server takes. */
export type WireName = 'openai' | 'anthropic' | 'ollama';

/** Providers whose wire is not OpenAI's Chat Completions. */
const otherWires: { readonly [provider: string]: WireName } = { anthropic: 'anthropic', ollama: 'ollama' };

/**
 * Fields of a vendor's own wire: passed on when every model that may answer speaks that wire, otherwise named in a warning, because a server
 * refuses fields it does not know.
 */
export function passOn(fields: JsonObject, wire: WireName, models: readonly ModelInfo[], warnings: string[]): { readonly extra?: JsonObject } {
  const names = Object.keys(fields);
  if (names.length === 0) return {};
  const stranger = models.find((model) => (otherWires[model.provider] ?? 'openai') !== wire);
  if (!stranger) return { extra: fields };
  warnings.push(`not passed on, because ${stranger.provider}/${stranger.name} takes no such field: ${names.join(', ')}`);
  return {};
}
