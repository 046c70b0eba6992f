/** A place for small values that several processes may share. Values are JSON. */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  /** `ttlMs` is the time to live in milliseconds; absent means until evicted. */
  set(key: string, value: unknown, options?: { readonly ttlMs?: number }): Promise<void>;
  delete(key: string): Promise<void>;
  close?(): Promise<void>;
}

/** One purse that a run draws on. */
export interface BudgetScope {
  /** Unique name of the purse with its period, `user:42:2026-11-22`. */
  readonly key: string;
  /** Most that may be reserved and spent together, in 1e-12 USD. */
  readonly limit: number;
  /** When the purse may be forgotten, milliseconds since 1970. */
  readonly expiresAt?: number;
}

/** What a purse holds, in 1e-12 USD. */
export interface BudgetState {
  readonly spent: number;
  readonly reserved: number;
}

/** What came of a reservation. */
export interface BudgetAnswer {
  readonly ok: boolean;
  /** The first scope that had no room, when there was none. */
  readonly scope?: string;
  readonly states: readonly BudgetState[];
}

/** Keeps purses, and answers at once or later. Every call is atomic over all scopes it names. Amounts are whole numbers of 1e-12 USD. */
export interface BudgetStore {
  /** Sets `amount` aside in every scope, or in none: then `ok` is false and `scope` names the first that had no room. */
  reserve(id: string, scopes: readonly BudgetScope[], amount: number): BudgetAnswer | Promise<BudgetAnswer>;
  /** Gives the reservation back and books what was really spent. Booking the same id twice books it once. */
  settle(id: string, scopes: readonly BudgetScope[], spent: number): void | Promise<void>;
  read(key: string): Promise<BudgetState>;
  close?(): Promise<void>;
}

/** Counts requests against a rate that several processes may share. */
export interface RequestLimiter {
  /** Takes one request out of the account of `id`, which holds a minute's worth and fills evenly; 0 when there was one, else the milliseconds until there is. */
  take(id: string, requestsPerMinute: number): Promise<number>;
}

/** Tells several processes which models keep failing. It answers at once, from what it last heard: no request waits for it. */
export interface BreakerBoard {
  /** Milliseconds for which somebody wants a model (`provider/name`) left alone; 0 when nobody does. */
  restOf(model: string): number;
  /** Says for how many milliseconds everybody is to leave a model alone; 0 when it is well again. */
  report(model: string, restMs: number): void;
}
