import { type CascadeEvent, type Clock, type Model, ProviderError } from '@cascadeflow/contract';
import { randomChunks } from '../chunking.ts';
import { virtualClock } from '../clock.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { repeatingModel } from '../repeating-model.ts';
import type { ScriptStep } from '../script-step.ts';
import { type ChaosReport, type ChaosSubject, createChaosReport, recordOutcome, recordPurse } from './chaos-report.ts';

/** What an agent is to be made of. */
export interface ChaosWorld {
  /** Cheapest first. */
  readonly models: readonly Model[];
  readonly clock: Clock;
  readonly random: () => number;
  readonly onEvent: (event: CascadeEvent) => void;
  /** USD that all runs together may spend, per agent. */
  readonly limit: number;
}

/** Runs that share one agent, and so its breakers, limits and purse. */
const runsPerWorld = 25;
const tiers = 3;
/** Runs begin within so many milliseconds. */
const spreadMs = 3000;
/** The promise: a run ends by its deadline and this. */
const allowedMs = 50;
const dayMs = 86_400_000;

/** Plays random faults, clock jumps and aborts to agents on a virtual clock. The same seed gives the same chaos. */
export async function scriptedChaos(options: { readonly runs: number; readonly seed: number; readonly open: (world: ChaosWorld) => ChaosSubject }): Promise<ChaosReport> {
  const report = createChaosReport();
  for (let world = 0; report.runs < options.runs; world++) await playWorld(report, `seed ${options.seed} world ${world}`, seededRandom(options.seed * 1e6 + world), options.open);
  return report;
}

async function playWorld(report: ChaosReport, name: string, random: SeededRandom, open: (world: ChaosWorld) => ChaosSubject): Promise<void> {
  const clock = virtualClock();
  const streams = { open: 0 };
  const faultRate = random.next();
  const events = new Map<string, CascadeEvent[]>();
  const bySession = new Map<string, string>();
  const limit = random.chance(0.2) ? 0.2 : 1000;
  const { agent, store } = open({
    models: Array.from({ length: tiers }, (_, tier) => counted(chaoticModel(tier, random.fork(), faultRate, clock, report), streams)),
    clock,
    random: random.next,
    limit,
    onEvent(event) {
      if (event.type === 'cascade-start' && event.sessionId !== undefined) bySession.set(event.sessionId, event.runId);
      const list = events.get(event.runId);
      if (list) list.push(event);
      else events.set(event.runId, [event]);
    },
  });
  const stopJumps = Array.from({ length: random.integer(0, 3) }, () => clock.after(random.integer(0, spreadMs), () => clock.jump(random.integer(-dayMs, dayMs))));
  let spent = 0;
  const one = async (index: number): Promise<void> => {
    const sessionId = String(index);
    await new Promise<void>((resolve) => void clock.after(random.integer(0, spreadMs), resolve));
    const deadlineMs = random.chance(0.5) ? random.integer(20, 4000) : undefined;
    const controller = new AbortController();
    const stopAbort = random.chance(0.15) ? clock.after(random.integer(0, 500), () => controller.abort()) : () => {};
    const startedAt = clock.now();
    const ended = await agent.run('What is 17 times 23?', { signal: controller.signal, sessionId, ...(deadlineMs !== undefined && { deadlineMs }) }).then(
      (result) => ({ result }),
      (error: unknown) => ({ error }),
    );
    stopAbort();
    const seen = events.get(bySession.get(sessionId) ?? '') ?? [];
    spent += recordOutcome(report, { name: `${name} run ${index}`, ...ended, events: seen, tiers, tookMs: clock.now() - startedAt, deadlineMs, aborted: controller.signal.aborted, allowedMs });
  };
  await clock.settle(Promise.all(Array.from({ length: runsPerWorld }, (_, index) => one(index))));
  for (const stop of stopJumps) stop();
  await clock.advance(0);
  if (clock.waiting > 0) report.violations.push(`${name}: ${clock.waiting} timers are left`);
  if (streams.open > 0) report.violations.push(`${name}: ${streams.open} streams are left open`);
  await recordPurse(report, name, store, spent, limit * 1e12);
}

const answers = ['good: 391', 'bad: 390', 'doubtful: 391', 'good: it is 17 times 20 and 17 times 3, which is 391', ''];

function chaoticModel(tier: number, random: SeededRandom, faultRate: number, clock: Clock, report: ChaosReport): Model {
  const id = `tier-${tier}`;
  const faults: { readonly [name: string]: (afterChunks: number) => Partial<ScriptStep> } = {
    429: (afterChunks) => ({ fault: { type: 'throw', kind: 'rate-limit', status: 429, retryable: true, retryAfterMs: random.integer(0, 2000), afterChunks } }),
    500: (afterChunks) => ({ fault: { type: 'throw', kind: 'server', status: 500, afterChunks } }),
    reset: (afterChunks) => ({ fault: { type: 'throw', kind: 'network', afterChunks } }),
    dns: () => ({ fault: { type: 'throw', error: new ProviderError('no such host', { kind: 'network', provider: 'scripted', model: id, retryable: true, cause: { code: 'ENOTFOUND' } }) } }),
    hang: (afterChunks) => ({ fault: { type: 'hang', afterChunks } }),
    slow: () => ({ delayMs: random.integer(0, 900), chunkDelayMs: random.integer(100, 900) }),
    cut: (afterChunks) => ({ fault: { type: 'cut', afterChunks } }),
    malformed: (afterChunks) => ({ fault: { type: 'throw', kind: 'malformed', afterChunks } }),
    stranger: () => ({ fault: { type: 'throw', error: new TypeError('something else altogether') } }),
  };
  const names = Object.keys(faults);
  return repeatingModel(
    () => {
      const text = random.pick(answers);
      const chunks = randomChunks(text, random);
      const name = random.chance(faultRate) ? random.pick(names) : undefined;
      if (name !== undefined) report.faults[name] = (report.faults[name] ?? 0) + 1;
      const fault = name === undefined ? {} : (faults[name] as NonNullable<(typeof faults)[string]>)(random.integer(0, chunks.length));
      return { text, chunks, delayMs: random.integer(0, 200), usage: random.chance(0.2) ? 'unknown' : { input: random.integer(1, 40), output: random.integer(0, 400) }, ...fault };
    },
    { id, clock },
  );
}

/** Counts the streams that have begun and not ended. */
function counted(model: Model, streams: { open: number }): Model {
  return {
    ...model,
    async *stream(request, options) {
      streams.open++;
      try {
        yield* model.stream(request, options);
      } finally {
        streams.open--;
      }
    },
  };
}
