import { type BudgetStore, CascadeError, type CascadeEvent, type CascadeResult } from '@cascadeflow/contract';

/** What a chaos test needs of an agent: core's has it. */
export interface ChaosAgent {
  run(input: string, options: { readonly signal: AbortSignal; readonly deadlineMs?: number; readonly sessionId: string }): Promise<CascadeResult>;
}

/** An agent under test, and where its budget is kept, under one purse named `agent:all`. */
export interface ChaosSubject {
  readonly agent: ChaosAgent;
  readonly store: BudgetStore;
}

/** Counts of a chaos test. It has passed when `violations` is empty. */
export interface ChaosReport {
  runs: number;
  answered: number;
  degraded: number;
  calls: number;
  /** Failed runs by error code. */
  readonly failed: { [code: string]: number };
  /** Faults played, by name. */
  readonly faults: { [fault: string]: number };
  /** Milliseconds by which the latest run missed its deadline; 0 when none did. */
  latestMs: number;
  /** Broken promises, with the run's number. */
  readonly violations: string[];
}

/** An empty report. */
export function createChaosReport(): ChaosReport {
  return { runs: 0, answered: 0, degraded: 0, calls: 0, failed: {}, faults: {}, latestMs: 0, violations: [] };
}

/** How one run went. */
export interface ChaosOutcome {
  readonly name: string;
  readonly result?: CascadeResult;
  readonly error?: unknown;
  readonly events: readonly CascadeEvent[];
  readonly tiers: number;
  readonly tookMs: number;
  readonly deadlineMs: number | undefined;
  readonly aborted: boolean;
  /** Milliseconds a run may be late. */
  readonly allowedMs: number;
}

/** Adds a run to the report and holds it against what every run promises. Returns what it cost, in 1e-12 USD. */
export function recordOutcome(report: ChaosReport, outcome: ChaosOutcome): number {
  const { name, result, error, events, tookMs, deadlineMs, aborted } = outcome;
  const violate = (what: string) => report.violations.push(`${name}: ${what}`);
  report.runs++;
  report.calls += events.filter((event) => event.type === 'draft-start').length;
  if (deadlineMs !== undefined) {
    report.latestMs = Math.max(report.latestMs, tookMs - deadlineMs);
    if (tookMs > deadlineMs + outcome.allowedMs) violate(`ended ${Math.round(tookMs - deadlineMs)} ms after its deadline`);
  }
  const costs = events.flatMap((event) => (event.type === 'draft-end' ? [Math.round((event.cost ?? Number.NaN) * 1e12)] : []));
  const spent = costs.reduce((sum, cost) => sum + cost, 0);
  if (result) {
    report.answered++;
    if (result.degraded) report.degraded++;
    if (Math.round((result.totalCost ?? Number.NaN) * 1e12) !== spent) violate('its bill is not the sum of its calls');
    if (result.content === '') violate('answered with nothing');
    if (result.degraded && deadlineMs === undefined && !triedAll(events, outcome.tiers)) violate('degraded although a tier was not asked');
    return spent;
  }
  if (!CascadeError.is(error)) {
    violate(`threw ${String(error)}`);
    return spent;
  }
  const { code } = error;
  report.failed[code] = (report.failed[code] ?? 0) + 1;
  if (error.spend?.totalCost === undefined || Math.round(error.spend.totalCost * 1e12) !== spent) violate('its error does not hold what it cost');
  const isExpected = code === 'all-models-failed' || (code === 'aborted' && aborted) || (code === 'deadline-exceeded' && deadlineMs !== undefined) || code === 'budget-exceeded';
  if (!isExpected) violate(`failed with ${code}: ${error.message}`);
  if (code === 'all-models-failed' && !triedAll(events, outcome.tiers)) violate('gave up although a tier was not asked');
  return spent;
}

function triedAll(events: readonly CascadeEvent[], tiers: number): boolean {
  return new Set(events.flatMap((event) => (event.type === 'draft-start' ? [event.tier] : []))).size === tiers;
}

/** Holds the purse against the runs: nothing set aside any more, everything booked, the limit kept. Amounts in 1e-12 USD. */
export async function recordPurse(report: ChaosReport, name: string, store: BudgetStore, spent: number, limit: number): Promise<void> {
  const purse = await store.read('agent:all');
  if (purse.reserved !== 0) report.violations.push(`${name}: ${purse.reserved} stays reserved`);
  if (purse.spent !== spent) report.violations.push(`${name}: ${purse.spent} is booked and ${spent} was spent`);
  if (purse.spent > limit) report.violations.push(`${name}: ${purse.spent} was spent of ${limit}`);
}
