import type { CascadeEvent } from '@cascadeflow/contract';
import { type SeededRandom, seededRandom } from '../random.ts';
import type { StubReply } from '../stub/reply.ts';
import { startStub } from '../stub/server.ts';
import { type ChaosReport, type ChaosSubject, createChaosReport, recordOutcome, recordPurse } from './chaos-report.ts';

/** What an agent over HTTP is to be made of. */
export interface HttpChaosWorld {
  /** One address of OpenAI's wire per tier, cheapest first. */
  readonly baseURLs: readonly string[];
  /** Fails now and then as a name that cannot be resolved does; else the platform's own. */
  readonly fetch: typeof fetch;
  readonly onEvent: (event: CascadeEvent) => void;
  /** Milliseconds a model may be silent. */
  readonly silenceMs: number;
  /** USD that all runs together may spend. */
  readonly limit: number;
}

/** The counts, and how late the machine's own timers were at worst. */
export interface HttpChaosReport extends ChaosReport {
  readonly machineLateMs: number;
}

const tiers = 2;
const silenceMs = 500;
const limit = 1000;
/** The promise: a run ends by its deadline and this. A machine that is late itself is not counted against the engine. */
const allowedMs = 50;
/** After a failed run, so that open breakers do not fail all the rest at once. */
const pauseMs = 100;
const probeMs = 5;
/** Exchanges still under way are waited for at most this long. */
const drainMs = 2000;

/** Plays random faults to an agent over HTTP on 127.0.0.1, in real time. */
export async function httpChaos(options: {
  readonly runs: number;
  readonly seed: number;
  /** Runs under way at the same time. Default 32. */
  readonly concurrency?: number;
  readonly open: (world: HttpChaosWorld) => ChaosSubject;
}): Promise<HttpChaosReport> {
  const report = createChaosReport();
  const random = seededRandom(options.seed);
  const stubs = await Promise.all(Array.from({ length: tiers }, () => startStub({ record: false, answer: () => randomReply(random, report) })));
  const events = new Map<string, CascadeEvent[]>();
  const bySession = new Map<string, string>();
  const { agent, store } = options.open({
    baseURLs: stubs.map((stub) => stub.baseURL),
    fetch: (input, init) => {
      if (!random.chance(0.03)) return fetch(input, init);
      count(report, 'dns');
      return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('getaddrinfo ENOTFOUND models.invalid'), { code: 'ENOTFOUND' }) }));
    },
    silenceMs,
    limit,
    onEvent(event) {
      if (event.type === 'cascade-start' && event.sessionId !== undefined) bySession.set(event.sessionId, event.runId);
      const list = events.get(event.runId);
      if (list) list.push(event);
      else events.set(event.runId, [event]);
    },
  });
  // The first call loads the SDK, which is not part of any deadline.
  await agent.run('warm up', { signal: AbortSignal.timeout(20_000), sessionId: 'warm' }).catch(() => {});
  let spent = (events.get(bySession.get('warm') ?? '') ?? []).reduce((sum, event) => sum + (event.type === 'draft-end' ? Math.round((event.cost ?? 0) * 1e12) : 0), 0);
  const probe = probeLateness();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < options.runs) {
      const sessionId = String(next++);
      const deadlineMs = random.chance(0.5) ? random.integer(100, 900) : undefined;
      const controller = new AbortController();
      const timer = random.chance(0.1) ? setTimeout(() => controller.abort(), random.integer(0, 300)) : undefined;
      const startedAt = performance.now();
      const ended = await agent.run('What is 17 times 23?', { signal: controller.signal, sessionId, ...(deadlineMs !== undefined && { deadlineMs }) }).then(
        (result) => ({ result }),
        (error: unknown) => ({ error }),
      );
      clearTimeout(timer);
      const tookMs = performance.now() - startedAt;
      const lateMs = deadlineMs === undefined ? 0 : await probe.since(startedAt + deadlineMs);
      const runId = bySession.get(sessionId) ?? '';
      spent += recordOutcome(report, {
        name: `seed ${options.seed} run ${sessionId}`,
        ...ended,
        events: events.get(runId) ?? [],
        tiers,
        tookMs,
        deadlineMs,
        aborted: controller.signal.aborted,
        allowedMs: allowedMs + lateMs,
      });
      events.delete(runId);
      if ('error' in ended) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  };
  try {
    await Promise.all(Array.from({ length: options.concurrency ?? 32 }, work));
    const until = performance.now() + drainMs;
    while (stubs.some((stub) => stub.active > 0) && performance.now() < until) await new Promise((resolve) => setTimeout(resolve, 5));
    const left = stubs.reduce((sum, stub) => sum + stub.active, 0);
    if (left > 0) report.violations.push(`${left} exchanges are left open`);
    await recordPurse(report, 'the purse', store, spent, limit * 1e12);
  } finally {
    probe.stop();
    await Promise.all(stubs.map((stub) => stub.close()));
  }
  return { ...report, machineLateMs: probe.worst() };
}

/** How late the machine itself was: a timer of {@link probeMs} that should never be late. */
function probeLateness() {
  const late: { readonly at: number; readonly ms: number }[] = [];
  let due = performance.now() + probeMs;
  const tick = (): void => {
    const now = performance.now();
    late.push({ at: now, ms: Math.max(0, now - due) });
    due = now + probeMs;
    timer = setTimeout(tick, probeMs);
  };
  let timer = setTimeout(tick, probeMs);
  return {
    /** Milliseconds lost to stalls since a moment, the present one included. */
    async since(at: number): Promise<number> {
      await new Promise((resolve) => setTimeout(resolve, 2 * probeMs));
      return late.reduce((lost, one) => (one.at >= at ? lost + one.ms : lost), 0);
    },
    worst: () => late.reduce((worst, one) => Math.max(worst, one.ms), 0),
    stop: () => clearTimeout(timer),
  };
}

function count(report: ChaosReport, fault: string): void {
  report.faults[fault] = (report.faults[fault] ?? 0) + 1;
}

function randomReply(random: SeededRandom, report: ChaosReport): StubReply {
  const text = random.pick(['good: 391', 'bad: 390', 'good: it is 17 times 20 and 17 times 3, which is 391']);
  if (!random.chance(0.4)) return { text };
  const afterChunks = random.integer(0, 3);
  const faults: { readonly [name: string]: () => Partial<StubReply> } = {
    429: () => ({ fault: { type: 'status', status: 429, retryAfter: random.integer(0, 1) } }),
    500: () => ({ fault: { type: 'status', status: 500 } }),
    reset: () => ({ fault: { type: 'reset', afterChunks } }),
    hang: () => ({ fault: { type: 'hang', afterChunks } }),
    slow: () => ({ timing: { firstChunkMs: random.integer(0, 200), chunkMs: random.integer(20, 120) } }),
    cut: () => ({ fault: { type: 'cut', afterChunks, clean: random.chance(0.5) } }),
    malformed: () => ({ fault: { type: 'malformed', afterChunks } }),
    'error event': () => ({ fault: { type: 'error-event', afterChunks } }),
  };
  const name = random.pick(Object.keys(faults));
  count(report, name);
  return { text, ...(faults[name] as () => Partial<StubReply>)() };
}
