import type { AttemptRole, CascadeEvent, Complexity, Domain } from '@cascadeflow/contract';

/** How a run ended: a draft was accepted, a dearer model answered, one model was asked directly, the cache answered, or nobody did. */
export type RunOutcome = 'accepted' | 'escalated' | 'direct' | 'cached' | 'failed';

/** One thing that happened in a run, for its story. Times in milliseconds since the run began. */
export interface RunStep {
  readonly kind: 'route' | 'call' | 'verdict' | 'escalation' | 'policy' | 'tool' | 'retry' | 'failure';
  readonly startMs: number;
  readonly endMs: number;
  /** One sentence or name a person reads. */
  readonly label: string;
  readonly role?: AttemptRole;
  readonly status?: string;
  /** USD. */
  readonly cost?: number;
  readonly tokens?: number;
  /** When the first text came, where it did. */
  readonly firstTokenMs?: number;
  readonly probability?: number;
}

/** A run under way. */
export interface OpenRun {
  readonly runId: string;
  /** When it began, milliseconds since 1970. */
  readonly startedAt: number;
  readonly key?: string;
  readonly tag?: string;
  readonly domain?: Domain;
  /** Who was called last, and what for. */
  readonly model?: string;
  readonly role?: AttemptRole;
}

/** One finished run, without what was asked and answered. Money in USD, times in milliseconds; what is not known is absent. */
export interface RunRecord {
  readonly runId: string;
  /** When it ended, milliseconds since 1970. */
  readonly endedAt: number;
  readonly outcome: RunOutcome;
  readonly key?: string;
  readonly session?: string;
  readonly tag?: string;
  readonly model?: string;
  readonly complexity?: Complexity;
  readonly domain?: Domain;
  /** Of the first draft. */
  readonly probability?: number;
  readonly threshold?: number;
  readonly cost?: number;
  readonly saved?: number;
  readonly baseline?: number;
  readonly latencyMs: number;
  readonly firstTokenMs?: number;
  readonly degraded: boolean;
  /** Whether the answer was good, where somebody has said so. */
  readonly good?: boolean;
  readonly reason: string;
  /** What each model took part with. */
  readonly calls: readonly { readonly model: string; readonly provider: string; readonly role: AttemptRole; readonly status: string; readonly cost?: number; readonly inputTokens: number; readonly outputTokens: number }[];
  readonly steps: readonly RunStep[];
}

/** Gathers the events of one run into its record. */
export class RunReader {
  readonly #steps: RunStep[] = [];
  readonly #calls: { -readonly [Field in keyof RunRecord['calls']]: RunRecord['calls'][Field] }[number][] = [];
  readonly #started = new Map<number, number>();
  #about: Pick<RunRecord, 'key' | 'session' | 'tag' | 'domain' | 'complexity'> = {};
  #doing: Pick<OpenRun, 'model' | 'role'> = {};
  readonly #startedAt: number;

  constructor(startedAt: number) {
    this.#startedAt = startedAt;
  }

  /** What is known before the end. */
  get soFar(): Omit<OpenRun, 'runId'> {
    const { session: _session, complexity: _complexity, ...about } = this.#about;
    return { startedAt: this.#startedAt, ...about, ...this.#doing };
  }

  /** The record, once the run has ended. */
  take(event: CascadeEvent, wallNow: number): RunRecord | undefined {
    const { atMs } = event;
    switch (event.type) {
      case 'cascade-start':
        this.#about = { ...textOf('key', event.metadata?.['gatewayKey']), ...textOf('tag', event.metadata?.['tag']), ...(event.sessionId !== undefined && { session: event.sessionId }) };
        break;
      case 'route-choose': {
        const { complexity, domain, plan } = event.route;
        this.#about = { ...this.#about, domain: domain.label, complexity: complexity.label };
        this.#step('route', atMs - event.routingMs, atMs, `${domain.label}, ${complexity.label}: ${plan.start === 'draft' ? 'draft first' : 'ask directly'}`);
        break;
      }
      case 'draft-start':
        this.#started.set(event.attempt, atMs);
        this.#doing = { model: event.model, role: event.role };
        break;
      case 'draft-end': {
        const { usage = {}, cost, model, provider, role, status } = event;
        const inputTokens = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
        const outputTokens = (usage.output ?? 0) + (usage.reasoning ?? 0);
        this.#calls.push({ model, provider, role, status, inputTokens, outputTokens, ...(cost !== undefined && { cost }) });
        const startMs = this.#started.get(event.attempt) ?? atMs;
        const first = event.timeToFirstTokenMs;
        this.#step('call', startMs, atMs, model, { role, status, tokens: inputTokens + outputTokens, ...(cost !== undefined && { cost }), ...(first !== undefined && { firstTokenMs: startMs + first }) });
        break;
      }
      case 'verdict-reach':
        this.#step('verdict', atMs - event.judgingMs, atMs, event.verdict.reason, { status: event.verdict.accept ? 'accepted' : 'turned down', probability: event.verdict.probability });
        break;
      case 'escalation-start':
        this.#step('escalation', atMs, atMs, event.reason);
        break;
      case 'policy-apply':
        this.#step('policy', atMs, atMs, `${event.policy}: ${event.reason}`);
        break;
      case 'attempt-retry':
        this.#step('retry', atMs, atMs + event.delayMs, `${event.model}: ${event.error.message}`);
        break;
      case 'attempt-fail':
        this.#step('failure', atMs, atMs, event.error.message);
        break;
      case 'tool-end':
        this.#step('tool', atMs - event.latencyMs, atMs, event.toolName, { status: event.isError ? 'failed' : 'ok' });
        break;
      case 'cascade-end':
        return this.#close(event, wallNow);
      case 'cascade-fail': {
        const { error, spend } = event;
        const cost = spend.totalCost;
        return { runId: event.runId, endedAt: wallNow, outcome: 'failed', ...this.#about, latencyMs: atMs, degraded: false, reason: error.message, calls: this.#calls, steps: this.#steps, ...(cost !== undefined && { cost }) };
      }
      default:
    }
    return undefined;
  }

  #step(kind: RunStep['kind'], startMs: number, endMs: number, label: string, rest: Partial<RunStep> = {}): void {
    this.#steps.push(Object.assign({ kind, startMs: Math.max(0, startMs), endMs, label }, rest));
  }

  #close({ result, runId }: Extract<CascadeEvent, { type: 'cascade-end' }>, endedAt: number): RunRecord {
    const { modelUsed, complexity, domain, qualityScore, qualityThreshold, totalCost, costSaved, baselineCost, latencyMs, timeToFirstTokenMs, degraded, reason } = result;
    const outcome: RunOutcome = result.cacheHit ? 'cached' : result.draftAccepted ? 'accepted' : result.cascaded ? 'escalated' : 'direct';
    return {
      runId, endedAt, outcome, ...this.#about, model: modelUsed, complexity, domain, latencyMs, degraded, reason, calls: this.#calls, steps: this.#steps,
      ...(qualityScore !== undefined && { probability: qualityScore }),
      ...(qualityThreshold !== undefined && { threshold: qualityThreshold }),
      ...(totalCost !== undefined && { cost: totalCost }),
      ...(costSaved !== undefined && { saved: costSaved }),
      ...(baselineCost !== undefined && { baseline: baselineCost }),
      ...(timeToFirstTokenMs !== undefined && { firstTokenMs: timeToFirstTokenMs }),
    };
  }
}

function textOf(name: 'key' | 'tag', value: unknown): { readonly [field: string]: string } {
  return typeof value === 'string' ? { [name]: value } : {};
}
