import type { ProviderErrorKind } from '@cascadeflow/contract';

/** What is known about a failed answer. */
export interface FailureFacts {
  readonly status?: number | undefined;
  /** The vendor's words for the kind of error: its `type`, `code` and `status` fields. */
  readonly labels: readonly string[];
  readonly message: string;
}

/** Words of the vendors that say more than the status. First match wins. */
const byLabel: readonly (readonly [RegExp, ProviderErrorKind])[] = [
  [/context_length_exceeded|string_above_max_length|request_too_large|context_window/, 'context-length'],
  [/content_?filter|content_policy|responsibleaipolicy|moderation|safety/, 'content-filter'],
  [/insufficient_quota|billing|insufficient_balance|credit|payment_required/, 'quota'],
  // A LiteLLM proxy without a database says so when it is given a key that it does not know.
  [/invalid_api_key|authentication|unauthorized|unauthenticated|no_db_connection/, 'auth'],
  [/permission|forbidden|unsupported_country/, 'permission'],
  [/overloaded|capacity|engine_overloaded/, 'overloaded'],
  [/rate_?limit|resource_exhausted|too_many_requests|tokens_exceeded|requests_exceeded/, 'rate-limit'],
  [/model_not_found|not_found/, 'not-found'],
  [/timeout|deadline/, 'timeout'],
  [/unavailable/, 'unavailable'],
  [/invalid_request|bad_request|validation|invalid_argument|unsupported_/, 'bad-request'],
  [/server_error|internal|api_error/, 'server'],
];

/** Messages of servers that give no code. Only asked for 400, 413, 422 and for failures without a status. */
const byMessage: readonly (readonly [RegExp, ProviderErrorKind])[] = [
  [/context (?:length|window|size)|maximum context|prompt is too long|too many (?:input )?tokens|input is too long|reduce the length/i, 'context-length'],
  [/content (?:filter|policy|management policy)/i, 'content-filter'],
  [/credit balance|exceeded your current quota/i, 'quota'],
];

const byStatus: { readonly [status: number]: ProviderErrorKind } = {
  400: 'bad-request',
  401: 'auth',
  402: 'quota',
  403: 'permission',
  404: 'not-found',
  405: 'not-found',
  408: 'timeout',
  413: 'context-length',
  415: 'bad-request',
  422: 'bad-request',
  425: 'unavailable',
  429: 'rate-limit',
  498: 'overloaded',
  503: 'unavailable',
  504: 'timeout',
  522: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** Statuses whose meaning a label may sharpen, and to what. Other statuses speak for themselves. */
const sharpened: { readonly [status: number]: readonly ProviderErrorKind[] } = {
  400: ['context-length', 'content-filter', 'quota', 'auth', 'not-found'],
  403: ['quota', 'content-filter', 'auth'],
  404: ['not-found'],
  413: ['rate-limit', 'context-length'],
  422: ['context-length', 'content-filter'],
  429: ['quota', 'overloaded'],
  500: ['overloaded', 'timeout', 'unavailable'],
  503: ['overloaded'],
};

/** Kinds after which the same call may succeed later. */
const retryableKinds: ReadonlySet<ProviderErrorKind> = new Set([
  'rate-limit',
  'overloaded',
  'server',
  'network',
  'timeout',
  'cut',
  'malformed',
  'unavailable',
]);

/** True when the same call may succeed later. */
export function isRetryableKind(kind: ProviderErrorKind): boolean {
  return retryableKinds.has(kind);
}

/** Finds the kind of a failure from its status and the vendor's words. */
export function findErrorKind({ status, labels, message }: FailureFacts): ProviderErrorKind {
  const label = labels.join(' ').toLowerCase();
  const labelled = byLabel.filter(([pattern]) => pattern.test(label)).map(([, kind]) => kind);
  if (status === undefined || status < 400) return labelled[0] ?? matchMessage(message) ?? 'server';
  const allowed = sharpened[status] ?? [];
  const sharper = labelled.find((kind) => allowed.includes(kind));
  if (sharper) return sharper;
  if (status === 400 || status === 413 || status === 422 || status === 429) {
    const told = matchMessage(message);
    if (told && allowed.includes(told)) return told;
  }
  return byStatus[status] ?? (status >= 500 ? 'server' : 'other');
}

function matchMessage(message: string): ProviderErrorKind | undefined {
  const start = message.slice(0, 2000);
  return byMessage.find(([pattern]) => pattern.test(start))?.[1];
}
