import { hashKey, isSame, shownKey } from '../access/keys.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { toJsonResponse } from '../http/respond.ts';
import type { RunLog } from '../runs/run-log.ts';
import { summarizeRuns } from '../runs/summarize.ts';

/** Who may see runs and counters. */
export interface AdminTerms {
  readonly runs: RunLog | undefined;
  readonly adminKeyHash: string | undefined;
  /** True when clients need keys: then an operator needs one too. */
  readonly hasKeys: boolean;
  readonly active: number;
}

/** Runs of one page, and runs that a summary is made of. Chosen by hand. */
const most = { page: 500, summary: 5000 };
const usualPage = 50;

/** True for paths of the operator. */
export function isAdminPath(path: string): boolean {
  return path === '/metrics' || path.startsWith('/admin/');
}

/**
 * Answers `GET /metrics`, `/admin/summary`, `/admin/runs` and `/admin/runs/ID`.
 * @throws GatewayError when the key is wrong, or there is no such thing.
 */
export async function answerAdmin(request: Request, path: string, terms: AdminTerms): Promise<Response> {
  await admit(request.headers, terms);
  if (request.method !== 'GET') throw new GatewayError('invalid-request', `${path} takes GET, not ${request.method}`, { status: 405, code: 'method_not_allowed' });
  const { runs } = terms;
  if (!runs) throw new GatewayError('not-found', 'this gateway keeps no record of its runs', { code: 'unknown_url' });
  const { searchParams: query } = new URL(request.url);
  if (path === '/metrics') {
    const active = `# HELP cascadeflow_active_requests Requests under way.\n# TYPE cascadeflow_active_requests gauge\ncascadeflow_active_requests ${terms.active}\n`;
    return new Response(active + runs.metrics(), { headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' } });
  }
  if (path === '/admin/summary') return toJsonResponse(summarizeRuns(await runs.store.list({ limit: readCount(query, 'limit', most.summary, most.summary) })));
  if (path === '/admin/runs') {
    const limit = readCount(query, 'limit', usualPage, most.page);
    const before = query.has('before') ? readCount(query, 'before', 0, Number.MAX_SAFE_INTEGER) : undefined;
    const found = await runs.store.list({ limit, ...(before !== undefined && { before }) });
    return toJsonResponse({ runs: found.map(({ steps: _, ...run }) => run) });
  }
  const id = path.startsWith('/admin/runs/') ? path.slice('/admin/runs/'.length) : undefined;
  const run = id === undefined ? undefined : await runs.store.get(id);
  if (!run) throw new GatewayError('not-found', 'there is no such run', { code: 'unknown_url' });
  return toJsonResponse(run);
}

async function admit(headers: Headers, { adminKeyHash, hasKeys }: AdminTerms): Promise<void> {
  if (adminKeyHash === undefined) {
    if (hasKeys) throw new GatewayError('permission', 'set adminKeyHash to see runs and metrics of a gateway whose clients have keys', { code: 'no_admin_key' });
    return;
  }
  const shown = shownKey(headers);
  if (shown === undefined || !isSame(await hashKey(shown), adminKeyHash)) throw new GatewayError('authentication', 'Incorrect admin key provided.', { code: 'invalid_api_key' });
}

function readCount(query: URLSearchParams, name: string, usual: number, limit: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= limit) return count;
  throw new GatewayError('invalid-request', `${name}: expected a whole number from 1 to ${limit}`, { param: name });
}
