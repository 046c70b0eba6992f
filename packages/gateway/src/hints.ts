import type { QualityTarget } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { GatewayError } from './errors/gateway-error.ts';
import type { RequestHeaders } from './http/gateway-request.ts';

/** What a client says about how its request is to be run. */
export interface Hints {
  readonly options: Pick<RunOptions, 'quality' | 'sessionId' | 'metadata' | 'deadlineMs' | 'cache'>;
  /** The decision is to be told in the body too. */
  readonly details: boolean;
  readonly warnings: readonly string[];
}

/** Longest value of a hint. Chosen by hand. */
const longestHint = 256;

const prefix = 'x-cascade-';
const known = ['quality', 'session', 'tag', 'domain', 'deadline-ms', 'cache', 'details'] as const;
const levels = ['economy', 'balanced', 'strict'] as const;

/**
 * Reads hints from headers (`x-cascade-quality`) and from metadata (`cascade_quality`); a header wins. Other metadata goes with the run.
 * @throws GatewayError naming a hint whose value is wrong.
 */
export function readHints(headers: RequestHeaders, metadata: { readonly [key: string]: unknown } = {}): Hints {
  const told = new Map<string, string>();
  const rest: Record<string, unknown> = {};
  const warnings: string[] = [];
  const take = (name: string, value: string, from: string) => {
    if (!(known as readonly string[]).includes(name)) return void warnings.push(`${from} is no hint; there are ${known.map((hint) => prefix + hint).join(', ')}`);
    if (value.length > longestHint) throw new GatewayError('invalid-request', `${from} is longer than ${longestHint} characters`, { param: from });
    told.set(name, value);
  };
  for (const [key, value] of Object.entries(metadata)) {
    if (key.startsWith('cascade_') && typeof value === 'string') take(key.slice(8).replaceAll('_', '-'), value, `metadata.${key}`);
    else rest[key] = value;
  }
  for (const [name, value] of headers) if (name.startsWith(prefix)) take(name.slice(prefix.length), value, name);

  const session = told.get('session');
  const deadline = told.get('deadline-ms');
  const quality = told.get('quality');
  for (const name of ['tag', 'domain'] as const) if (told.has(name)) rest[name] = told.get(name);
  return {
    details: readSwitch(told.get('details'), 'details') ?? false,
    warnings,
    options: {
      ...(quality !== undefined && { quality: readQuality(quality) }),
      ...(session !== undefined && { sessionId: session }),
      ...(deadline !== undefined && { deadlineMs: readNumber(deadline, 'deadline-ms', 1, Number.MAX_SAFE_INTEGER) }),
      ...(readSwitch(told.get('cache'), 'cache') === false && { cache: false }),
      ...(Object.keys(rest).length > 0 && { metadata: rest }),
    },
  };
}

function readQuality(value: string): QualityTarget {
  return levels.find((level) => level === value) ?? { minProbability: readNumber(value, 'quality', 0, 1, `${levels.join(', ')} or a number from 0 to 1`) };
}

function readNumber(value: string, hint: string, min: number, max: number, expected = `a number from ${min} up`): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (number >= min && number <= max) return number;
  throw new GatewayError('invalid-request', `${prefix}${hint}: expected ${expected}`, { param: prefix + hint });
}

function readSwitch(value: string | undefined, hint: string): boolean | undefined {
  if (value === undefined) return undefined;
  if (value === 'true' || value === 'on') return true;
  if (value === 'false' || value === 'off') return false;
  throw new GatewayError('invalid-request', `${prefix}${hint}: expected true or false`, { param: prefix + hint });
}
