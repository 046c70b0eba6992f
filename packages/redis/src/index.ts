export type { IoRedisClient, NodeRedisClient, RedisClient } from './redis-client.ts';
export { createRedisBudgetStore, type RedisBudgetStoreOptions } from './create-redis-budget-store.ts';
export { createRedisStore, type RedisStoreOptions } from './create-redis-store.ts';
export { createRedisLimiter, type RedisLimiterOptions } from './create-redis-limiter.ts';
export { boardRefreshMs, createRedisBreakerBoard, type RedisBreakerBoard, type RedisBreakerBoardOptions } from './create-redis-breaker-board.ts';
