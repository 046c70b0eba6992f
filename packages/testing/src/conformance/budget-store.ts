import assert from 'node:assert/strict';
import type { BudgetScope, BudgetStore } from '@cascadeflow/contract';
import { type ConformanceCheck, runSuite, type Skips, type TestRunner } from './suite.ts';

type OpenBudgetStore = () => BudgetStore | Promise<BudgetStore>;

const user: BudgetScope = { key: 'user:42:2026-11-22', limit: 1000 };
const key: BudgetScope = { key: 'key:a:2026-11', limit: 250 };

function check(promise: string, use: (store: BudgetStore) => Promise<void>): ConformanceCheck<OpenBudgetStore> {
  return {
    promise,
    async run(open) {
      const store = await open();
      try {
        await use(store);
      } finally {
        await store.close?.();
      }
    },
  };
}

async function holds(store: BudgetStore, scope: BudgetScope, spent: number, reserved: number): Promise<void> {
  assert.deepEqual({ ...(await store.read(scope.key)) }, { spent, reserved }, scope.key);
}

const checks = {
  unknown: check('a purse nobody used is empty', async (store) => holds(store, user, 0, 0)),
  settle: check('sets aside, then books what was really spent', async (store) => {
    const reserved = await store.reserve('run-1', [user], 600);
    assert.deepEqual([reserved.ok, reserved.states.map((state) => ({ ...state }))], [true, [{ spent: 0, reserved: 600 }]]);
    await holds(store, user, 0, 600);
    await store.settle('run-1', [user], 150);
    await holds(store, user, 150, 0);
  }),
  limit: check('spent and reserved together reach the limit and never pass it', async (store) => {
    await store.reserve('run-1', [user], 400);
    await store.settle('run-1', [user], 400);
    assert.equal((await store.reserve('run-2', [user], 601)).ok, false);
    assert.equal((await store.reserve('run-3', [user], 600)).ok, true);
    assert.equal((await store.reserve('run-4', [user], 1)).ok, false);
    await holds(store, user, 400, 600);
  }),
  'all-or-none': check('takes from every purse or from none, and names the one without room', async (store) => {
    const refused = await store.reserve('run-1', [user, key], 300);
    assert.deepEqual([refused.ok, refused.scope], [false, key.key]);
    await holds(store, user, 0, 0);
    assert.equal((await store.reserve('run-2', [user, key], 250)).ok, true);
    await store.settle('run-2', [user, key], 200);
    await holds(store, user, 200, 0);
    await holds(store, key, 200, 0);
  }),
  release: check('settling nothing gives everything back', async (store) => {
    await store.reserve('run-1', [user], 1000);
    await store.settle('run-1', [user], 0);
    await holds(store, user, 0, 0);
    assert.equal((await store.reserve('run-2', [user], 1000)).ok, true);
  }),
  more: check('books more than was reserved when more was spent', async (store) => {
    await store.reserve('run-1', [user], 100);
    await store.settle('run-1', [user], 1200);
    await holds(store, user, 1200, 0);
    assert.equal((await store.reserve('run-2', [user], 1)).ok, false);
  }),
  once: check('settling one id twice books it once', async (store) => {
    await store.reserve('run-1', [user], 100);
    await store.settle('run-1', [user], 70);
    await store.settle('run-1', [user], 70);
    await holds(store, user, 70, 0);
  }),
  exact: check('counts large amounts exactly', async (store) => {
    const large: BudgetScope = { key: 'month', limit: 9_000_000_000_000_000 };
    const amount = 4_500_000_000_000_001;
    assert.equal((await store.reserve('run-1', [large], amount)).ok, true);
    assert.equal((await store.reserve('run-2', [large], amount)).ok, false);
    assert.equal((await store.reserve('run-3', [large], amount - 2)).ok, true);
    await store.settle('run-1', [large], amount);
    await holds(store, large, amount, amount - 2);
  }),
  concurrent: check('lets through exactly as many at once as there is room for', async (store) => {
    const asked = Array.from({ length: 1000 }, (_, index) => `run-${index}`);
    const answers = await Promise.all(asked.map(async (id) => store.reserve(id, [user], 10)));
    assert.equal(answers.filter((answer) => answer.ok).length, 100);
    await holds(store, user, 0, 1000);
    await Promise.all(asked.filter((_, index) => answers[index]!.ok).map(async (id) => store.settle(id, [user], 4)));
    await holds(store, user, 400, 0);
  }),
} satisfies { readonly [check: string]: ConformanceCheck<OpenBudgetStore> };

/** Names of the checks on a budget store. */
export type BudgetStoreCheck = keyof typeof checks;

/** Tests that a budget store keeps the contract: atomic, exact, booked once. `open` gives a fresh, empty store each time. */
export function budgetStoreConformance(
  runner: TestRunner,
  options: { readonly name: string; readonly open: OpenBudgetStore; readonly skip?: Skips<BudgetStoreCheck> },
): void {
  runSuite<OpenBudgetStore, BudgetStoreCheck>(runner, `${options.name} keeps the budget store contract`, checks, options.open, options.skip);
}
