import type { KeyValueStore } from '@cascadeflow/contract';

/** Where a session stands. */
export interface SessionState {
  /** Tier that answered last. */
  readonly tier: number;
}

/** Remembers sessions. Answers are promises only when an outside store has to be asked. */
export interface SessionMemory {
  read(sessionId: string): SessionState | undefined | Promise<SessionState | undefined>;
  write(sessionId: string, state: SessionState): void | Promise<void>;
}

/** Sessions kept in this process before the longest unused one is forgotten. */
const maxSessions = 10_000;

/** Remembers sessions in this process. */
export function createLocalMemory(): SessionMemory {
  const sessions = new Map<string, SessionState>();
  return {
    read(sessionId) {
      const state = sessions.get(sessionId);
      if (state) {
        sessions.delete(sessionId);
        sessions.set(sessionId, state);
      }
      return state;
    },
    write(sessionId, state) {
      sessions.delete(sessionId);
      sessions.set(sessionId, state);
      if (sessions.size > maxSessions) sessions.delete(sessions.keys().next().value as string);
    },
  };
}

/** Remembers sessions in a store that several processes may share. What the store returns is read loosely: anything else counts as absent. */
export function createStoredMemory(store: KeyValueStore, ttlMs: number): SessionMemory {
  const keyOf = (sessionId: string) => `cascadeflow:session:${sessionId}`;
  return {
    async read(sessionId) {
      const value = await store.get(keyOf(sessionId));
      const tier = typeof value === 'object' && value !== null ? (value as { tier?: unknown }).tier : undefined;
      return typeof tier === 'number' && Number.isInteger(tier) && tier >= 0 ? { tier } : undefined;
    },
    write: (sessionId, state) => store.set(keyOf(sessionId), state, { ttlMs }),
  };
}
