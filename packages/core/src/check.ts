import { InvalidOptionsError } from '@cascadeflow/contract';

/** Refuses keys that mean nothing, with the nearest one that does. */
export function checkKeys(value: unknown, path: string, known: ReadonlySet<string>): asserts value is Record<string, unknown> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new InvalidOptionsError(path, `expected an object, got ${describe(value)}`);
  }
  for (const key of Object.keys(value)) {
    if (known.has(key)) continue;
    const near = nearest(key, known);
    throw new InvalidOptionsError(
      path === '' ? key : `${path}.${key}`,
      near ? `unknown option; did you mean ${near}?` : `unknown option; known are ${[...known].join(', ')}`,
    );
  }
}

/** Refuses numbers outside a range. `undefined` passes. */
export function checkNumber(value: unknown, path: string, range: { min?: number; max?: number; above?: number; whole?: boolean } = {}): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || Number.isNaN(value)) throw new InvalidOptionsError(path, `expected a number, got ${describe(value)}`);
  const { min = -Infinity, max = Infinity, above = -Infinity, whole = false } = range;
  if (value < min) throw new InvalidOptionsError(path, `must be at least ${min}, got ${value}`);
  if (value <= above) throw new InvalidOptionsError(path, `must be above ${above}, got ${value}`);
  if (value > max) throw new InvalidOptionsError(path, `must be at most ${max}, got ${value}`);
  if (whole && !Number.isInteger(value)) throw new InvalidOptionsError(path, `must be a whole number, got ${value}`);
}

/** Refuses anything but one of a few words. `undefined` passes. */
export function checkOneOf(value: unknown, path: string, allowed: readonly string[]): void {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return;
  throw new InvalidOptionsError(path, `must be one of ${allowed.join(', ')}; got ${describe(value)}`);
}

/** Refuses anything but a function. `undefined` passes. */
export function checkFunction(value: unknown, path: string): void {
  if (value !== undefined && typeof value !== 'function') throw new InvalidOptionsError(path, `expected a function, got ${describe(value)}`);
}

/** Refuses anything but a text with something in it. */
export function checkText(value: unknown, path: string): asserts value is string {
  if (typeof value !== 'string') throw new InvalidOptionsError(path, `expected a text, got ${describe(value)}`);
  if (value.trim() === '') throw new InvalidOptionsError(path, 'must not be empty');
}

/** A value in a few words for an error message; texts are not repeated, since they may be private. */
export function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'string') return value.length <= 32 && /^[\w.:/-]*$/.test(value) ? `"${value}"` : `a text of ${value.length} characters`;
  return typeof value === 'object' ? 'an object' : String(value);
}

function nearest(key: string, known: Iterable<string>): string | undefined {
  const wanted = key.toLowerCase().replaceAll(/[_-]/g, '');
  let best: string | undefined;
  let bestDistance = 3;
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [name, distance];
  }
  return best;
}

/** Levenshtein distance over at most the first 40 characters. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: Math.min(b.length, 40) + 1 }, (_, index) => index);
  for (let i = 1; i <= Math.min(a.length, 40); i++) {
    const next = [i];
    for (let j = 1; j < row.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
