import { type Calibration, type CostSpec, type Domain, InvalidOptionsError, parseCalibration, type QualityTarget } from '@cascadeflow/contract';
import type { ReleaseMode, Speculation } from '@cascadeflow/core';
import type { DomainPolicies, DomainPolicy } from '@cascadeflow/routing';

/** Which input a price is for. */
export type PricedPort = 'drafter' | 'secondDrafter' | 'verifier';

/** Settings of the chat model node, read and checked. */
export interface ChatModelSettings {
  readonly quality: QualityTarget;
  readonly secondDrafter: boolean;
  readonly secondOpinion: 'auto' | 'always';
  readonly domains: readonly Domain[];
  readonly policies: DomainPolicies;
  readonly release: ReleaseMode;
  readonly speculation: Speculation;
  readonly prices: { readonly [port in PricedPort]?: CostSpec };
  /** USD; absent for no limit. */
  readonly budget?: number;
  readonly deadlineMs?: number;
  readonly calibration?: Calibration;
}

/** Looks a parameter of the node up by its name. */
export type ReadParameter = (name: string, fallback?: unknown) => unknown;

interface PolicyRow {
  readonly domain: Domain;
  readonly rule: 'minProbability' | 'direct';
  readonly minProbability?: unknown;
}
interface PriceRow {
  readonly model: PricedPort;
  readonly input: unknown;
  readonly output: unknown;
}

/** @throws InvalidOptionsError whose path is the setting's name in n8n. */
export function readSettings(read: ReadParameter): ChatModelSettings {
  const level = read('level', 'balanced') as 'economy' | 'balanced' | 'strict' | 'probability';
  const secondDrafter = read('secondDrafter', false) === true;
  const options = read('options', {}) as { readonly [name: string]: unknown };
  const prices: { [port in PricedPort]?: CostSpec } = {};
  for (const row of rowsOf<PriceRow>(options['prices'], 'price')) prices[row.model] = { input: asNumber(row.input, 'Input Price', 0), output: asNumber(row.output, 'Output Price', 0) };
  const budget = asNumber(options['budget'] ?? 0, 'Budget per Execution', 0);
  const deadlineMs = asNumber(options['deadlineMs'] ?? 0, 'Time Limit', 0);
  const calibration = readCalibration(options['calibration']);
  return {
    quality: level === 'probability' ? { minProbability: asNumber(read('minProbability', undefined), 'Minimum Probability', 0, 1) } : level,
    secondDrafter,
    secondOpinion: secondDrafter ? (read('secondOpinion', 'auto') as 'auto' | 'always') : 'auto',
    domains: read('domainRouting', false) === true ? readDomains(read('domains', [])) : [],
    policies: readPolicies(rowsOf<PolicyRow>(read('policies', {}), 'policy')),
    release: read('release', 'hold') as ReleaseMode,
    speculation: (options['speculation'] ?? 'sequential') as Speculation,
    prices,
    ...(budget > 0 && { budget }),
    ...(deadlineMs > 0 && { deadlineMs }),
    ...(calibration && { calibration }),
  };
}

function readDomains(value: unknown): readonly Domain[] {
  if (!Array.isArray(value) || value.length === 0) throw new InvalidOptionsError('Domains', 'choose at least one domain, or switch Domain Models off');
  return value as readonly Domain[];
}

function readPolicies(rows: readonly PolicyRow[]): DomainPolicies {
  const policies: { [domain in Domain]?: DomainPolicy } = {};
  for (const { domain, rule, minProbability } of rows) {
    if (policies[domain]) throw new InvalidOptionsError('Domain Policies', `two policies are for ${domain}; keep one`);
    policies[domain] = rule === 'direct' ? { direct: true } : { minProbability: asNumber(minProbability, `Domain Policies: Minimum Probability for ${domain}`, 0, 1) };
  }
  return policies;
}

function readCalibration(value: unknown): Calibration | undefined {
  if (value === undefined || value === '' || (typeof value === 'string' && value.trim() === '')) return undefined;
  let problem: string;
  try {
    const data: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return parseCalibration(data);
  } catch (error) {
    const { message } = error as Error;
    problem = error instanceof SyntaxError ? `is not JSON (${message}); paste the whole file that "cascadeflow fit" wrote` : message;
  }
  throw new InvalidOptionsError('Calibration', problem);
}

function rowsOf<Row>(collection: unknown, name: string): readonly Row[] {
  return ((collection as { readonly [list: string]: readonly Row[] } | undefined)?.[name] ?? []);
}

function asNumber(value: unknown, path: string, min: number, max = Number.MAX_VALUE): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && number >= min && number <= max) return number;
  throw new InvalidOptionsError(path, `give a number ${max === Number.MAX_VALUE ? `of at least ${min}` : `from ${min} to ${max}`}; it is ${JSON.stringify(value)}`);
}
