import { type BudgetScope, type BudgetState, type BudgetStore, InvalidOptionsError } from '@cascadeflow/contract';
import { reserveScript, settleScript } from './budget-scripts.ts';
import { type RedisClient, scriptOf, senderOf } from './redis-client.ts';

/** Where budgets are kept. */
export interface RedisBudgetStoreOptions {
  /** A connected client of redis or ioredis; it stays yours to close. */
  readonly client: RedisClient;
  /** Begins every key. Default `{cascadeflow}:budget:`; the braces keep all purses of a run in one slot of a cluster. */
  readonly prefix?: string;
  /**
   * Milliseconds after which money set aside by a process that never came back is free again. Set it above your longest run; a run that is
   * settled up to as long again after that is still booked. Default one hour.
   */
  readonly leaseMs?: number;
}

const defaultPrefix = '{cascadeflow}:budget:';
const defaultLeaseMs = 3_600_000;

/**
 * Purses in Redis 5 or later, shared by every process that names the same prefix. Each call is one Lua script, so it is atomic over all purses;
 * times are the server's.
 * @throws InvalidOptionsError for a client of neither library.
 */
export function createRedisBudgetStore({ client, prefix = defaultPrefix, leaseMs = defaultLeaseMs }: RedisBudgetStoreOptions): BudgetStore {
  if (!(leaseMs > 0)) throw new InvalidOptionsError('leaseMs', `must be above 0, got ${leaseMs}`);
  const send = senderOf(client);
  const runReserve = scriptOf(send, reserveScript);
  const runSettle = scriptOf(send, settleScript);
  const lease = String(Math.ceil(leaseMs));
  const keysOf = (id: string, scopes: readonly BudgetScope[]) => [`${prefix}run:${id}`, ...scopes.flatMap(({ key }) => [`${prefix}purse:${key}`, `${prefix}open:${key}`])];

  return {
    async reserve(id, scopes, amount) {
      const limits = scopes.flatMap((scope) => [String(scope.limit), expiryOf(scope)]);
      const [full, ...states] = (await runReserve(keysOf(id, scopes), [id, wholeOf(amount), lease, ...limits])) as string[];
      const read = scopes.map((_, index): BudgetState => ({ spent: Number(states[2 * index]), reserved: Number(states[2 * index + 1]) }));
      const refused = scopes[Number(full) - 1];
      return refused ? { ok: false, scope: refused.key, states: read } : { ok: true, states: read };
    },
    async settle(id, scopes, spent) {
      await runSettle(keysOf(id, scopes), [id, wholeOf(spent), ...scopes.map(expiryOf)]);
    },
    async read(key) {
      const [spent, reserved] = (await send('HMGET', `${prefix}purse:${key}`, 'spent', 'reserved')) as (string | null)[];
      return { spent: Number(spent ?? 0), reserved: Number(reserved ?? 0) };
    },
  };
}

function expiryOf({ expiresAt }: BudgetScope): string {
  return expiresAt === undefined ? '0' : wholeOf(expiresAt);
}

/** Redis takes whole numbers without an exponent only. */
function wholeOf(amount: number): string {
  return BigInt(Math.round(amount)).toString();
}
