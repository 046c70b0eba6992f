import { hashKey, isSame, shownKey } from '../access/keys.ts';
import { isLoopbackHost } from '../access/origin.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { GatewayRequest } from '../http/gateway-request.ts';
import { readBody } from '../http/read-body.ts';
import { type Reply, toJsonReply } from '../http/respond.ts';
import type { RunLog } from '../runs/run-log.ts';
import type { RunQuery, RunStore } from '../runs/run-store.ts';
import { summarize, type SummaryWindow, summaryWindows, windowQuery } from '../runs/summarize.ts';

/** Who may see runs and counters. */
export interface AdminTerms {
  readonly runs: RunLog | undefined;
  readonly adminKeyHash: string | undefined;
  /** True when clients need keys: then an operator needs one too. */
  readonly hasKeys: boolean;
  readonly active: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Runs of one page, finished and under way, and milliseconds that runs may take to reach the store. Chosen by hand. */
const most = { page: 500, open: 50, waitMs: 250 };
const usualPage = 50;

/** What a label's body may be. Chosen by hand, for a single field. */
const labelLimits = { bodyBytes: 1024, bodyMs: 5000, bodyDepth: 2 };

const onePath = /^\/admin\/runs\/([^/]+)(\/label)?$/;

/** True for paths of the operator. */
export function isAdminPath(path: string): boolean {
  return path === '/metrics' || path.startsWith('/admin/');
}

/**
 * Answers `GET /metrics`, `/admin/access`, `/admin/live`, `/admin/summary`, `/admin/runs`, `/admin/runs/ID` and `POST /admin/runs/ID/label`.
 * @throws GatewayError when the key is wrong, or there is no such thing.
 */
export async function answerAdmin(request: GatewayRequest, path: string, terms: AdminTerms): Promise<Reply> {
  // What is needed to see anything, told to everybody: a page asks it first, so as to ask its user for a key or not.
  if (path === '/admin/access') return toJsonReply({ access: terms.adminKeyHash !== undefined ? 'key' : terms.hasKeys ? 'closed' : 'open', records: terms.runs !== undefined });
  await admit(request, terms);
  const [, id, isLabel] = onePath.exec(path) ?? [];
  const method = isLabel ? 'POST' : 'GET';
  if (request.method !== method) throw new GatewayError('invalid-request', `${path} takes ${method}, not ${request.method}`, { status: 405, code: 'method_not_allowed' });
  const { runs, active, now } = terms;
  if (!runs) throw new GatewayError('not-found', 'this gateway keeps no record of its runs', { code: 'unknown_url' });
  const { store } = runs;
  // A run that has just ended is shown too.
  await runs.flush(most.waitMs);
  const { searchParams: query } = new URL(request.url);
  if (path === '/metrics') {
    const gauge = `# HELP cascadeflow_active_requests Requests under way.\n# TYPE cascadeflow_active_requests gauge\ncascadeflow_active_requests ${active}\n`;
    return { status: 200, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body: gauge + runs.metrics() };
  }
  if (path === '/admin/live') return toJsonReply({ now, active, open: runs.open(most.open) });
  if (path === '/admin/summary') {
    const window = readChoice<SummaryWindow>(query, 'window', summaryWindows) ?? 'day';
    return toJsonReply(summarize(window, now, await store.totals(windowQuery(window, now))));
  }
  if (path === '/admin/runs') {
    const found = await store.list(readRunQuery(query));
    return toJsonReply({ runs: found.map(({ steps: _, ...run }) => run) });
  }
  if (isLabel) return label(store, id ?? '', request);
  const run = id === undefined ? undefined : await store.get(id);
  if (!run) throw new GatewayError('not-found', 'there is no such run', { code: 'unknown_url' });
  return toJsonReply(run);
}

async function admit(request: GatewayRequest, { adminKeyHash, hasKeys }: AdminTerms): Promise<void> {
  if (adminKeyHash === undefined) {
    if (hasKeys) throw new GatewayError('permission', 'set adminKeyHash to see runs and metrics of a gateway whose clients have keys', { code: 'no_admin_key' });
    // Whoever owns a name can let it point here, and a browser then takes this gateway for theirs.
    if (!isLoopbackHost(request)) throw new GatewayError('permission', 'without an adminKey runs and metrics are shown under a name of this machine alone, such as 127.0.0.1 or localhost', { code: 'no_admin_key' });
    return;
  }
  const shown = shownKey(request.headers);
  if (shown === undefined || !isSame(await hashKey(shown), adminKeyHash)) throw new GatewayError('authentication', 'Incorrect admin key provided.', { code: 'invalid_api_key' });
}

async function label(store: RunStore, runId: string, request: GatewayRequest): Promise<Reply> {
  const { good, ...rest } = await readBody(request, labelLimits);
  if (typeof good !== 'boolean' || Object.keys(rest).length > 0) throw new GatewayError('invalid-request', 'good: expected true or false, and nothing beside it', { param: 'good' });
  if (!(await store.label(runId, good))) throw new GatewayError('not-found', 'there is no such run', { code: 'unknown_url' });
  return toJsonReply({ runId, good });
}

function readRunQuery(query: URLSearchParams): RunQuery {
  const show = readChoice<NonNullable<RunQuery['show']>>(query, 'show', ['all', 'failed', 'slow']);
  return {
    limit: readCount(query, 'limit', usualPage, most.page),
    ...(query.has('before') && { before: readCount(query, 'before', 0, Number.MAX_SAFE_INTEGER) }),
    ...(show !== undefined && { show }),
  };
}

function readChoice<Name extends string>(query: URLSearchParams, name: string, choices: readonly Name[]): Name | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new GatewayError('invalid-request', `${name}: expected one of ${choices.join(', ')}`, { param: name });
  return found;
}

function readCount(query: URLSearchParams, name: string, usual: number, limit: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= limit) return count;
  throw new GatewayError('invalid-request', `${name}: expected a whole number from 1 to ${limit}`, { param: name });
}
