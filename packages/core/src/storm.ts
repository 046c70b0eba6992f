/** Watches how often a drafter's answers are accepted, and says when drafting has stopped to pay. */
export interface StormWatch {
  record(model: string, accepted: boolean): void;
  /** Why this model should not draft now, or `undefined`. */
  pausedReason(model: string): string | undefined;
}

/** When a drafter counts as collapsed. */
export interface StormOptions {
  /** Milliseconds without drafts, after which a few are tried again. Default 60 000. */
  readonly pauseMs?: number;
}

const defaultPauseMs = 60_000;
/** Runs that make up a model's usual acceptance, and its acceptance of late. Chosen by hand. */
const usualRuns = 200;
const lateRuns = 24;
/** Runs before a model's usual acceptance is believed. */
const leastRuns = 60;
/** A drafter has collapsed when it is accepted less than this share of its usual. */
const collapseShare = 0.2;
/** Below this usual acceptance there is nothing to collapse from. */
const leastUsual = 0.15;
/** Drafts tried after a pause before the next verdict on the drafter. */
const probeRuns = 8;

interface Record {
  usual: number;
  late: number;
  runs: number;
  sinceResumed: number;
  pausedUntil: number;
}

/** An escalation storm breaker over two moving averages per drafter. */
export function createStormWatch(clock: { now(): number }, { pauseMs = defaultPauseMs }: StormOptions = {}): StormWatch {
  const records = new Map<string, Record>();
  return {
    record(model, accepted) {
      let entry = records.get(model);
      if (!entry) records.set(model, (entry = { usual: 0, late: 0, runs: 0, sinceResumed: 0, pausedUntil: -Infinity }));
      const value = accepted ? 1 : 0;
      entry.runs++;
      entry.sinceResumed++;
      entry.usual += (value - entry.usual) / Math.min(entry.runs, usualRuns);
      entry.late += (value - entry.late) / Math.min(entry.runs, lateRuns);
      const isKnown = entry.runs >= leastRuns && entry.usual >= leastUsual && entry.sinceResumed >= probeRuns;
      if (!isKnown || entry.late >= collapseShare * entry.usual) return;
      entry.pausedUntil = clock.now() + pauseMs;
      entry.sinceResumed = 0;
    },
    pausedReason(model) {
      const entry = records.get(model);
      if (!entry || clock.now() >= entry.pausedUntil) return undefined;
      return `${model} drafts are hardly accepted any more (${percent(entry.late)} of late, ${percent(entry.usual)} as a rule); drafting rests for a while`;
    },
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)}%`;
}
