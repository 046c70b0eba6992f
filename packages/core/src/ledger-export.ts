import type { LedgerBook, LedgerEntry } from './ledger-book.ts';

const picoDigits = 12;
/** Spreadsheets run a cell that begins with one of these as a formula. */
const formula = /^[=+\-@\t\r]/;

const columns: readonly (readonly [name: string, read: (entry: LedgerEntry) => string | number | boolean | undefined])[] = [
  ['run_id', (entry) => entry.runId],
  ['attempt', (entry) => entry.attempt],
  ['provider', (entry) => entry.provider],
  ['model', (entry) => entry.model],
  ['role', (entry) => entry.role],
  ['status', (entry) => entry.status],
  ['input_tokens', (entry) => entry.usage?.input],
  ['cached_input_tokens', (entry) => entry.usage?.cachedInput],
  ['cache_write_tokens', (entry) => entry.usage?.cacheWrite],
  ['output_tokens', (entry) => entry.usage?.output],
  ['reasoning_tokens', (entry) => entry.usage?.reasoning],
  ['cost_usd', (entry) => usdOf(entry)],
  ['estimated', (entry) => entry.estimated],
  ['session_id', (entry) => entry.sessionId],
  ['user', (entry) => entry.user],
  ['tags', (entry) => entry.tags.join(' ')],
];

/** The calls of a book as JSON lines, one per call. `cost_usd` is a decimal text with all its digits, absent when unknown. */
export function* toLedgerLines({ entries }: Pick<LedgerBook, 'entries'>): Generator<string, void, undefined> {
  for (const entry of entries) {
    const fields = columns.map(([name, read]) => [name, name === 'tags' ? entry.tags : read(entry)] as const);
    yield `${JSON.stringify(Object.fromEntries(fields.filter(([, value]) => value !== undefined)))}\n`;
  }
}

/**
 * The calls of a book as lines of CSV (RFC 4180), with a header. A text that a spreadsheet would run as a formula gets an apostrophe before it;
 * an unknown cost is an empty cell.
 */
export function* toLedgerCsv({ entries }: Pick<LedgerBook, 'entries'>): Generator<string, void, undefined> {
  yield `${columns.map(([name]) => name).join(',')}\r\n`;
  for (const entry of entries) yield `${columns.map(([name, read]) => cellOf(read(entry), name)).join(',')}\r\n`;
}

/** Exact: whole units of 1e-12 with the point set, never a rounded fraction. */
function usdOf({ cost }: LedgerEntry): string | undefined {
  if (cost === undefined) return undefined;
  const digits = String(Math.abs(cost)).padStart(picoDigits + 1, '0');
  return `${cost < 0 ? '-' : ''}${digits.slice(0, -picoDigits)}.${digits.slice(-picoDigits)}`;
}

function cellOf(value: string | number | boolean | undefined, column: string): string {
  if (value === undefined) return '';
  const text = String(value);
  const safe = typeof value === 'string' && column !== 'cost_usd' && formula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
