import type { RequestLimiter } from '@cascadeflow/contract';
import { type RedisClient, scriptOf, senderOf } from './redis-client.ts';

/** Where rates are counted. */
export interface RedisLimiterOptions {
  /** A connected client of redis or ioredis; it stays yours to close. */
  readonly client: RedisClient;
  /** Begins every key. Default `cascadeflow:rate:`. */
  readonly prefix?: string;
}

const minuteMs = 60_000;

/** KEYS: the account. ARGV: requests a minute. An account holds what is left and when that was so; it is forgotten once it would be full again. */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local rate = tonumber(ARGV[1])
local found = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(found[1] or ARGV[1]), tonumber(found[2] or now)
left = math.min(rate, left + math.max(0, now - at) * rate / ${minuteMs})
local wait = 0
if left < 1 then wait = (1 - left) * ${minuteMs} / rate else left = left - 1 end
redis.call('HSET', KEYS[1], 'left', string.format('%.9f', left), 'at', string.format('%.3f', now))
redis.call('PEXPIRE', KEYS[1], ${2 * minuteMs})
return string.format('%.0f', math.ceil(wait))
`;

/**
 * Requests a minute, counted in Redis for every gateway that names the same prefix: `createGateway({ limiter: createRedisLimiter({ client }) })`.
 * Times are the server's.
 * @throws InvalidOptionsError for a client of neither library.
 */
export function createRedisLimiter({ client, prefix = 'cascadeflow:rate:' }: RedisLimiterOptions): RequestLimiter {
  const take = scriptOf(senderOf(client), takeScript);
  return { take: async (id, requestsPerMinute) => Number(await take([prefix + id], [String(requestsPerMinute)])) };
}
