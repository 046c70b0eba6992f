import type { BudgetState, BudgetStore, Clock } from '@cascadeflow/contract';
import { systemClock } from '@cascadeflow/contract';

interface Purse {
  spent: number;
  reserved: number;
  expiresAt: number;
}

/** Purses looked through for expired ones each time a new one is opened. */
const sweepPerOpening = 4;

/** Keeps purses in this process's memory. Single-threaded, so every call is atomic. */
export function createMemoryBudgetStore(clock: Pick<Clock, 'wallNow'> = systemClock): BudgetStore {
  const purses = new Map<string, Purse>();
  const reservations = new Map<string, number>();

  const open = (key: string, expiresAt = Infinity): Purse => {
    const found = purses.get(key);
    if (found) return found;
    sweep(purses, clock.wallNow());
    const purse = { spent: 0, reserved: 0, expiresAt };
    purses.set(key, purse);
    return purse;
  };
  const stateOf = ({ spent, reserved }: Purse): BudgetState => ({ spent, reserved });

  return {
    reserve(id, scopes, amount) {
      const opened = scopes.map((scope) => open(scope.key, scope.expiresAt));
      const full = scopes.findIndex((scope, index) => {
        const { spent, reserved } = opened[index] as Purse;
        return spent + reserved + amount > scope.limit;
      });
      if (full >= 0) return { ok: false, scope: (scopes[full] as { key: string }).key, states: opened.map(stateOf) };
      if (!reservations.has(id)) {
        for (const purse of opened) purse.reserved += amount;
        reservations.set(id, amount);
      }
      return { ok: true, states: opened.map(stateOf) };
    },
    settle(id, scopes, spent) {
      const amount = reservations.get(id);
      if (amount === undefined) return;
      reservations.delete(id);
      for (const scope of scopes) {
        const purse = open(scope.key, scope.expiresAt);
        purse.reserved -= amount;
        purse.spent += spent;
      }
    },
    async read(key) {
      const purse = purses.get(key);
      return purse ? stateOf(purse) : { spent: 0, reserved: 0 };
    },
  };
}

/** Forgets a few purses whose time is over. The map is walked in the order of opening, so the oldest go first. */
function sweep(purses: Map<string, Purse>, now: number): void {
  let looked = 0;
  for (const [key, purse] of purses) {
    if (looked++ >= sweepPerOpening) return;
    if (purse.expiresAt <= now && purse.reserved === 0) purses.delete(key);
    else {
      purses.delete(key);
      purses.set(key, purse);
    }
  }
}
