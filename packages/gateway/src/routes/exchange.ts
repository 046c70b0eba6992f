import type { Embedder } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import type { Choice, Directory } from '../choose-model.ts';
import type { GatewayKey, GatewayLimits } from '../config.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { GatewayRequest } from '../http/gateway-request.ts';
import type { Reply } from '../http/respond.ts';
import { type Hints, readHints } from '../hints.ts';

/** One request that has been let in, with what a route needs to answer it. */
export interface Exchange {
  readonly request: GatewayRequest;
  readonly key: GatewayKey | undefined;
  readonly directory: Directory;
  readonly embedders: { readonly [name: string]: Embedder };
  readonly limits: GatewayLimits;
  readonly estimateTokens: (text: string) => number;
  /** Seconds since 1970. */
  readonly createdAt: number;
  /** Headers that every answer gets. */
  readonly headers: { readonly [name: string]: string };
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
  /** Ends what is under way for this request. */
  readonly abort: () => void;
  /** Lets the request out; a route that streams calls it at the end of the stream. */
  readonly leave: () => void;
  /** Waits until finished runs are written down, where answers wait for that. */
  readonly recorded: () => Promise<void>;
}

/** What answers one path. */
export type Route = (exchange: Exchange) => Promise<Reply>;

/**
 * Who is to answer.
 * @throws GatewayError when the name is unknown, or not for this key.
 */
export function chooseFor(exchange: Exchange, model: string): Choice {
  const { key, directory } = exchange;
  const choice = directory.choose(model);
  if (key?.models && !key.models.includes(model)) {
    throw new GatewayError('permission', `this key may not use the model ${JSON.stringify(model)}; it may use ${key.models.join(', ')}`, { param: 'model', code: 'model_not_allowed' });
  }
  return choice;
}

/** Hints of the request, and the options that come from them, from the key and from the limits. */
export function readTerms(exchange: Exchange, choice: Choice, metadata?: { readonly [key: string]: unknown }): { readonly hints: Hints; readonly terms: RunOptions } {
  const { key, limits, signal, request } = exchange;
  const hints = readHints(request.headers, metadata);
  const deadlineMs = Math.min(hints.options.deadlineMs ?? Infinity, limits.runMs);
  const budgetKey = key && (key.budgetKey ?? key.id);
  const { sessionId } = hints.options;
  return {
    hints,
    terms: {
      ...hints.options,
      signal,
      ...(deadlineMs !== Infinity && { deadlineMs }),
      ...(budgetKey !== undefined && { budgetKey }),
      ...(key && sessionId !== undefined && { sessionId: ownSession(key, sessionId) }),
      // The record of a run says whose it was.
      ...(key && { metadata: { ...hints.options.metadata, gatewayKey: key.id } }),
      ...(choice.forceModel !== undefined && { forceModel: choice.forceModel }),
    },
  };
}

/** A session's name with its key's before it: two keys that name a session alike share none. The slash is in neither encoded part. */
function ownSession({ id }: GatewayKey, session: string): string {
  return `${encodeURIComponent(id)}/${encodeURIComponent(session)}`;
}
