import { asRecord } from '../wire/json.ts';
import type { WireHeaders } from '../wire/wire-response.ts';

/** Longest wait that is believed, in milliseconds: one day. */
const longestWaitMs = 86_400_000;

/** How long a failed answer asks to wait, in milliseconds: from its headers, else from its body. Dates are held against `now` (milliseconds since 1970). */
export function readRetryAfter(headers: WireHeaders | undefined, body: unknown, message: string, now: number): number | undefined {
  const wait = fromHeaders(headers, now) ?? fromBody(body) ?? fromMessage(message);
  return wait === undefined || Number.isNaN(wait) ? undefined : Math.min(longestWaitMs, Math.max(0, Math.round(wait)));
}

function fromHeaders(headers: WireHeaders | undefined, now: number): number | undefined {
  const milliseconds = Number(headers?.get('retry-after-ms') || Number.NaN);
  if (milliseconds >= 0) return milliseconds;
  const value = headers?.get('retry-after')?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - now;
}

/** Google's RetryInfo, Hugging Face's loading estimate, and fields named after the header. */
function fromBody(body: unknown): number | undefined {
  const outer = asRecord(body);
  const error = asRecord(outer?.['error']) ?? outer;
  if (!outer || !error) return undefined;
  const details = error['details'];
  for (const detail of Array.isArray(details) ? details : []) {
    const delay = asRecord(detail)?.['retryDelay'];
    if (typeof delay === 'string') return parseDuration(delay);
  }
  const seconds = error['retry_after'] ?? outer['retry_after'] ?? outer['estimated_time'];
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}

/** OpenAI and Groq say it in words: "Please try again in 1m2.5s". */
function fromMessage(message: string): number | undefined {
  const found = /try again in ([\d.hms]{2,20})/i.exec(message.slice(0, 2000));
  return found?.[1] ? parseDuration(found[1]) : undefined;
}

const unitMs: { readonly [unit: string]: number } = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of a duration such as `250ms`, `17s` or `1m2.5s`. */
function parseDuration(text: string): number | undefined {
  let total: number | undefined;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    total = (total ?? 0) + Number(amount) * (unitMs[unit ?? 's'] ?? 0);
  }
  return total;
}
