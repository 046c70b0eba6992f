import type { OpenRun, RunRecord, RunSummary, SummaryWindow } from '@cascadeflow/gateway';

/** A finished run as a list shows it. */
export type RunRow = Omit<RunRecord, 'steps'>;

/** Which runs a list shows. */
export type Show = 'all' | 'failed' | 'slow';

/** What is under way. */
export interface Live {
  /** The gateway's clock, milliseconds since 1970. */
  readonly now: number;
  readonly active: number;
  readonly open: readonly OpenRun[];
}

/** Who may see the figures, and whether there are any. */
export interface Access {
  readonly access: 'open' | 'key' | 'closed';
  readonly records: boolean;
}

/** The gateway answered, and not with what was asked for. */
export class RefusedError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const storedAs = 'cascadeflow-admin-key';

/** The operator's key, for as long as this tab is open. */
export const adminKey = {
  get: () => sessionStorage.getItem(storedAs) ?? undefined,
  set: (key: string) => sessionStorage.setItem(storedAs, key),
  clear: () => sessionStorage.removeItem(storedAs),
};

/** The endpoints behind the page. Each throws {@link RefusedError}, or a TypeError when the gateway is away. */
export const api = {
  access: () => ask<Access>('access'),
  live: () => ask<Live>('live'),
  summary: (window: SummaryWindow) => ask<RunSummary>(`summary?window=${window}`),
  runs: async (show: Show) => (await ask<{ readonly runs: readonly RunRow[] }>(`runs?limit=50&show=${show}`)).runs,
  run: (id: string) => ask<RunRecord>(`runs/${encodeURIComponent(id)}`),
  label: (id: string, good: boolean) => ask<unknown>(`runs/${encodeURIComponent(id)}/label`, { method: 'POST', body: JSON.stringify({ good }) }),
};

/** Paths are relative, so that the page also works below a prefix of a proxy. */
async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const key = adminKey.get();
  const response = await fetch(`admin/${path}`, { ...init, cache: 'no-store', headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  const body = (await response.json().catch(() => undefined)) as (Answer & { readonly error?: { readonly message?: string } }) | undefined;
  if (response.ok && body !== undefined) return body;
  throw new RefusedError(response.status, body?.error?.message ?? `the gateway answered ${response.status}`);
}
