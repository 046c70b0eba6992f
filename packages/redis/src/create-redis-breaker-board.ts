import { type BreakerBoard, InvalidOptionsError } from '@cascadeflow/contract';
import { type RedisClient, scriptOf, senderOf } from './redis-client.ts';

/** Where rests are written. */
export interface RedisBreakerBoardOptions {
  /** A connected client of redis or ioredis; it stays yours to close. */
  readonly client: RedisClient;
  /** Names the board. Default `cascadeflow:breakers`. */
  readonly key?: string;
  /** Milliseconds until a rest that another process has written is known here. Default {@link boardRefreshMs}. */
  readonly refreshMs?: number;
  /** Told when the server cannot be asked: each process then goes by its own breakers. */
  readonly onFailure?: (error: unknown) => void;
}

/** A board that reads by itself until it is closed. */
export interface RedisBreakerBoard extends BreakerBoard {
  /** Reads it now. */
  refresh(): Promise<void>;
  /** Stops reading. */
  close(): void;
}

/** How old what is known of others may be. Chosen by hand: far shorter than a rest. */
export const boardRefreshMs = 1000;

/** A sorted set of models by the end of their rest, by the server's clock. KEYS: the set. ARGV, to write: the model and its rest. Gives what is left of every rest. */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[1] then
  local rest = tonumber(ARGV[2])
  if rest > 0 then redis.call('ZADD', KEYS[1], string.format('%.0f', now + rest), ARGV[1]) else redis.call('ZREM', KEYS[1], ARGV[1]) end
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
local found = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
for i = 2, #found, 2 do found[i] = string.format('%.0f', found[i] - now) end
return found
`;

/**
 * Tells every process that names the same key which models are resting: `resilience: { breaker: { board: createRedisBreakerBoard({ client }) } }`.
 * A model that failed too often for one process is left alone by all; the one that noticed tries it again first.
 * @throws InvalidOptionsError for a wrong option.
 */
export function createRedisBreakerBoard({ client, key = 'cascadeflow:breakers', refreshMs = boardRefreshMs, onFailure }: RedisBreakerBoardOptions): RedisBreakerBoard {
  if (!(refreshMs > 0)) throw new InvalidOptionsError('refreshMs', `must be above 0, got ${refreshMs}`);
  const run = scriptOf(senderOf(client), script);
  let rests = new Map<string, number>();
  const ask = async (...written: string[]) => {
    const found = (await run([key], written)) as string[];
    const now = performance.now();
    const next = new Map<string, number>();
    for (let index = 0; index < found.length; index += 2) next.set(found[index] as string, now + Number(found[index + 1]));
    rests = next;
  };
  const fail = (error: unknown) => onFailure?.(error);
  const timer = setInterval(() => void ask().catch(fail), refreshMs);
  (timer as { unref?: () => void }).unref?.();
  return {
    restOf: (model) => Math.max(0, (rests.get(model) ?? 0) - performance.now()),
    report: (model, restMs) => void ask(model, String(Math.ceil(restMs))).catch(fail),
    refresh: () => ask(),
    close: () => clearInterval(timer),
  };
}
