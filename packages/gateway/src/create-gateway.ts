import { systemClock } from '@cascadeflow/contract';
import { Allowance, askLimiter } from './access/allowance.ts';
import { authenticate } from './access/keys.ts';
import { admitOrigin, answerPreflight, isOwnPage } from './access/origin.ts';
import { checkConfig } from './check-config.ts';
import { createDirectory } from './choose-model.ts';
import type { GatewayConfig } from './config.ts';
import { GatewayError } from './errors/gateway-error.ts';
import { toGatewayError } from './errors/to-gateway-error.ts';
import type { Vendor } from './errors/vendor-errors.ts';
import { answerAdmin, isAdminPath } from './routes/admin.ts';
import type { GatewayRequest, RequestHeaders } from './http/gateway-request.ts';
import { type HeaderRecord, type Reply, toErrorReply, toJsonReply, toResponse } from './http/respond.ts';
import { findRoute } from './route-table.ts';

/** A gateway: requests in, responses out. It fits any server that speaks `fetch`. */
export interface Gateway {
  /** Answers one request; never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** The same in plain parts, for a server that writes them itself: neither a `Request` nor a `Response` need be made. */
  readonly answer: (request: GatewayRequest) => Promise<Reply>;
  /** Requests under way. */
  readonly active: number;
  /** Makes `/ready` answer 503, so that load balancers look elsewhere. Requests are answered as before. */
  drain(): void;
  /** Refuses new requests and resolves when those under way have been answered, streams included. The cascades stay open: they are yours. */
  close(): Promise<void>;
}

/** A token of English is about four bytes; text in other scripts comes out a little high. */
const bytesPerToken = 4;

/**
 * Puts cascades behind the APIs of OpenAI and Anthropic.
 * @throws InvalidOptionsError naming the path of the bad field and the fix.
 */
export function createGateway(config: GatewayConfig): Gateway {
  const { limits, defaultCascade } = checkConfig(config);
  const { origins = [], clock = systemClock, estimateTokens = estimateByBytes, embedders = {} } = config;
  const directory = createDirectory(config.cascades, defaultCascade, config.aliases ?? {});
  const allowance = new Allowance(limits.concurrency, clock);
  let state: 'open' | 'draining' | 'closed' = 'open';

  const admit = async (request: GatewayRequest, path: string, cors: HeaderRecord): Promise<Reply> => {
    if (path === '/health') return toJsonReply({ status: 'ok' });
    if (path === '/ready') return toJsonReply({ status: state === 'open' ? 'ready' : 'draining' }, state === 'open' ? 200 : 503);
    if (isAdminPath(path)) return answerAdmin(request, path, { runs: config.runs, adminKeyHash: config.adminKeyHash, hasKeys: config.keys !== undefined, active: allowance.active, now: clock.wallNow() });
    const keys = typeof config.keys === 'function' ? config.keys() : config.keys;
    const key = keys && (await authenticate(request.headers, keys));
    const route = findRoute(request.method, path);
    if (state === 'closed') throw new GatewayError('overloaded', 'the gateway is shutting down');
    const isCounted = key !== undefined && config.limiter !== undefined && (await askLimiter(config.limiter, key, config.onLimiterFailure ?? 'open', clock));
    const leave = allowance.enter(key, isCounted);
    const controller = new AbortController();
    const abort = () => controller.abort();
    request.signal.addEventListener('abort', abort, { once: true });
    const createdAt = Math.floor(clock.wallNow() / 1000);
    try {
      const reply = await route({ request, key, directory, embedders, limits, estimateTokens, createdAt, headers: cors, signal: controller.signal, abort, leave, recorded: async () => config.runs?.recorded() });
      if (typeof reply.body === 'string') {
        await config.runs?.recorded();
        leave();
      }
      return reply;
    } catch (error) {
      leave();
      throw error;
    }
  };

  const answer = async (request: GatewayRequest): Promise<Reply> => {
    const path = pathOf(request.url);
    let cors: HeaderRecord = {};
    try {
      if (!(isAdminPath(path) && isOwnPage(request, config.adminKeyHash !== undefined))) cors = admitOrigin(request.headers, origins);
      if (request.method === 'OPTIONS' && 'vary' in cors) return answerPreflight(request.headers, cors);
      return await admit(request, path, cors);
    } catch (error) {
      return toErrorReply(vendorOf(path, request.headers), toGatewayError(error), cors);
    }
  };

  return {
    answer,
    fetch: async (request) => toResponse(await answer(request)),
    get active() {
      return allowance.active;
    },
    drain() {
      if (state === 'open') state = 'draining';
    },
    async close() {
      state = 'closed';
      await allowance.whenIdle();
    },
  };
}

/** Addresses whose path is plain to see. */
const plainAddress = /^https?:\/\/[^/?#\\]+((?:\/[\w-]+)+)\/?(?:\?|$)/;

/** The path without a slash at its end. */
function pathOf(url: string): string {
  const [, plain] = plainAddress.exec(url) ?? [];
  if (plain !== undefined) return plain;
  const { pathname } = new URL(url);
  return pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
}

/** Whose words an error is told in. */
function vendorOf(path: string, headers: RequestHeaders): Vendor {
  return path.startsWith('/v1/messages') || headers.has('anthropic-version') ? 'anthropic' : 'openai';
}

function estimateByBytes(text: string): number {
  return Math.ceil(new TextEncoder().encode(text).byteLength / bytesPerToken);
}
