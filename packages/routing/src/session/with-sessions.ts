import type { KeyValueStore, ModelInfo, Route, Router, RouterInput } from '@cascadeflow/contract';
import { draftPays, expectedCost } from '../plan/expected-cost.ts';
import { readNeeds } from '../plan/preflight.ts';
import { estimateTokens } from '../text/estimate-tokens.ts';
import { createLocalMemory, createStoredMemory, type SessionMemory, type SessionState } from './session-memory.ts';

/** How sessions are kept. */
export interface SessionOptions {
  /** Shared by several processes; default this process's memory. */
  readonly store?: KeyValueStore;
  /** Milliseconds after which a silent session is forgotten by the store. Default {@link sessionTtlMs}. */
  readonly ttlMs?: number;
}

/** An hour: the longest a vendor keeps a prompt cache. */
export const sessionTtlMs = 3_600_000;

/** A router that keeps sessions. */
export interface SessionRouter {
  (input: RouterInput): ReturnType<Router>;
  /** Tells which tier answered, for callers whose messages do not carry their provenance. */
  recordAnswer(sessionId: string, tier: number): Promise<void>;
}

/**
 * Lets a session's tier only move up. A session whose last answer came from a dearer tier stays there, unless drafting cheaper is expected to
 * save more than the dearer model's warm prompt cache is worth.
 *
 * Which tier answered last is read from the provenance of the messages; where they have none, from the store. Requests without a `sessionId`
 * pass through. A store that fails is not asked twice: the route then stands as it is.
 */
export function withSessions(router: Router, options: SessionOptions = {}): SessionRouter {
  const memory: SessionMemory = options.store ? createStoredMemory(options.store, options.ttlMs ?? sessionTtlMs) : createLocalMemory();
  const route = (input: RouterInput): ReturnType<Router> => {
    const planned = router(input);
    const { sessionId } = input;
    if (sessionId === undefined) return planned;
    const stored = answeredBy(input) ?? read(memory, sessionId);
    if (planned instanceof Promise || stored instanceof Promise) {
      return Promise.all([planned, stored]).then(([known, state]) => known && keep(known, state, input, memory, sessionId));
    }
    return planned && keep(planned, stored, input, memory, sessionId);
  };
  return Object.assign(route, {
    recordAnswer: async (sessionId: string, tier: number) => {
      await memory.write(sessionId, { tier });
    },
  });
}

function read(memory: SessionMemory, sessionId: string): SessionState | undefined | Promise<SessionState | undefined> {
  const state = memory.read(sessionId);
  return state instanceof Promise ? state.catch(() => undefined) : state;
}

/** The tier that wrote the last answer, where the messages say so. */
function answeredBy(input: RouterInput): SessionState | undefined {
  const { messages } = input.request;
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message?.role === 'assistant') return message.provenance && { tier: message.provenance.tier };
  }
  return undefined;
}

function keep(route: Route, state: SessionState | undefined, input: RouterInput, memory: SessionMemory, sessionId: string): Route | Promise<Route> {
  const held = hold(route, state, input);
  const { plan } = held;
  const next = plan.start === 'direct' ? plan.tiers[0] : state?.tier;
  if (next === undefined || next === state?.tier) return held;
  const written = memory.write(sessionId, { tier: next });
  return written instanceof Promise ? written.then(() => held, () => held) : held;
}

function hold(route: Route, state: SessionState | undefined, input: RouterInput): Route {
  const { plan } = route;
  const first = plan.tiers[0];
  const stayed = input.models.find((model) => model.tier === state?.tier);
  if (!stayed || first === undefined || first >= stayed.tier || !plan.tiers.includes(stayed.tier)) return route;
  const drafter = input.models.find((model) => model.tier === first);
  if (plan.start === 'draft' && drafter && gainPays(drafter, stayed, plan.acceptChance ?? 0, input)) return route;
  const tiers = plan.tiers.filter((tier) => tier >= stayed.tier);
  const reason = `the session stays with ${stayed.name}: drafting with ${drafter?.name ?? 'a cheaper model'} would not save what the warm prompt cache is worth`;
  return { ...route, plan: { ...plan, tiers, start: tiers.length > 1 ? 'draft' : 'direct' }, reasons: [reason, ...route.reasons] };
}

/** True when a draft that pays its whole prompt is still expected to save more than staying, where the prompt so far is cached. */
function gainPays(drafter: ModelInfo, stayed: ModelInfo, chance: number, input: RouterInput): boolean {
  const needs = readNeeds(input.request);
  const { messages } = input.request;
  const cachedTokens = (needs.promptTokens * estimateTokens(messages.slice(0, -1))) / Math.max(1, estimateTokens(messages));
  return draftPays(chance, expectedCost(drafter, needs), expectedCost(stayed, needs, { cachedTokens }));
}
