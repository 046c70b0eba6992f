import type { Clock, RequestLimiter } from '@cascadeflow/contract';
import type { GatewayKey } from '../config.ts';
import { GatewayError } from '../errors/gateway-error.ts';

const minuteMs = 60_000;

/** Milliseconds that a limiter outside this process may take. Chosen by hand. */
const limiterMs = 250;

/** Milliseconds more for an answer that has come while this process was busy: its timers are heard before its sockets. */
const unheardMs = 10;

/**
 * Asks a limiter that several gateways share; true when it has counted the request, false when it could not be asked and requests go on.
 * @throws GatewayError 429 when the rate is used up, 503 when the limiter cannot be asked and requests are refused then.
 */
export async function askLimiter(limiter: RequestLimiter, key: GatewayKey, onFailure: 'open' | 'closed', clock: Clock): Promise<boolean> {
  const { requestsPerMinute } = key;
  if (requestsPerMinute === undefined) return false;
  let stop = () => {};
  const late = new Promise<never>((_, reject) => {
    stop = clock.after(limiterMs, () => (stop = clock.after(unheardMs, () => reject(new Error('timeout')))));
  });
  try {
    const waitMs = await Promise.race([limiter.take(key.id, requestsPerMinute), late]);
    if (waitMs > 0) throw tooMany(requestsPerMinute, waitMs);
    return true;
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    if (onFailure === 'open') return false;
    throw new GatewayError('overloaded', 'the rate of this key cannot be checked now', { retryAfterMs: 1000, cause: error });
  } finally {
    stop();
  }
}

function tooMany(perMinute: number, retryAfterMs: number): GatewayError {
  return new GatewayError('rate-limit', `this key may make ${perMinute} requests a minute`, { code: 'rate_limit_exceeded', retryAfterMs });
}

interface Account {
  /** Requests that may be made at once. */
  tokens: number;
  at: number;
  active: number;
}

/** Holds every key to its requests a minute and at once, and all together to the gateway's. */
export class Allowance {
  readonly #accounts = new Map<string, Account>();
  readonly #concurrency: number;
  readonly #clock: Clock;
  #active = 0;
  #idle: (() => void)[] = [];

  constructor(concurrency: number, clock: Clock) {
    this.#concurrency = concurrency;
    this.#clock = clock;
  }

  /** Requests under way. */
  get active(): number {
    return this.#active;
  }

  /**
   * Lets a request in; the returned function lets it out again, and may be called more than once. `isCounted`: somebody else has counted it
   * against the key's requests a minute.
   * @throws GatewayError 429 or 503 when there is no room.
   */
  enter(key: GatewayKey | undefined, isCounted = false): () => void {
    if (this.#active >= this.#concurrency) throw new GatewayError('overloaded', 'the gateway has as many requests under way as it may', { retryAfterMs: 1000 });
    const account = key && this.#charge(key, isCounted);
    if (account) account.active++;
    this.#active++;
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      if (account) account.active--;
      if (--this.#active === 0) for (const resolve of this.#idle.splice(0)) resolve();
    };
  }

  /** Resolves when no request is under way. */
  whenIdle(): Promise<void> {
    return this.#active === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve));
  }

  #charge(key: GatewayKey, isCounted: boolean): Account {
    const perMinute = isCounted ? Infinity : (key.requestsPerMinute ?? Infinity);
    const now = this.#clock.now();
    const account = this.#accounts.get(key.id) ?? { tokens: perMinute, at: now, active: 0 };
    this.#accounts.set(key.id, account);
    if (account.active >= (key.concurrency ?? Infinity)) {
      throw new GatewayError('rate-limit', `this key may have ${key.concurrency} requests under way at once`, { code: 'rate_limit_exceeded', retryAfterMs: 1000 });
    }
    if (perMinute === Infinity) return account;
    account.tokens = Math.min(perMinute, account.tokens + ((now - account.at) * perMinute) / minuteMs);
    account.at = now;
    if (account.tokens < 1) {
      throw tooMany(perMinute, ((1 - account.tokens) * minuteMs) / perMinute);
    }
    account.tokens -= 1;
    return account;
  }
}
