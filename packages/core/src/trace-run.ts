import { type CascadeEvent, type CascadeResult, type DraftEnd, type ErrorInfo, type ModelRequest, type Trace, type TraceAnswer, traceVersion } from '@cascadeflow/contract';
import type { Run } from './run.ts';

/** Where runs are written down, and how much of them. */
export interface TraceOptions {
  /** Takes one trace per run. It must not wait: a writer queues. What it throws goes to `onFailure` and harms nothing. */
  readonly write: (trace: Trace) => void;
  /** Write prompts down. Default false. */
  readonly prompts?: boolean;
  /** Write answers down. Default false. */
  readonly answers?: boolean;
  /** Changes a trace before it is written, for taking private things out; `undefined` drops it. */
  readonly redact?: (trace: Trace) => Trace | undefined;
  /** Told what `write` or `redact` threw. */
  readonly onFailure?: (error: unknown) => void;
}

/** How a run ended. */
interface Outcome {
  readonly result?: CascadeResult;
  readonly error?: ErrorInfo;
}

/** One run as a trace. Pure but for the hash. */
export async function toTrace(run: Run, outcome: Outcome, options: TraceOptions): Promise<Trace> {
  const { log, settings, opened } = run;
  const { result, error } = outcome;
  const route = log.findLast((event) => event.type === 'route-choose');
  const { sessionId, metadata } = opened.options;
  return {
    version: traceVersion,
    runId: run.id,
    time: new Date(settings.clock.wallNow()).toISOString(),
    mode: settings.mode,
    ...(options.prompts && { request: opened.request }),
    requestHash: await hashRequest(opened.request),
    models: settings.tiers.map((tier) => tier.info),
    target: opened.target,
    ...(route?.type === 'route-choose' && { route: route.route }),
    answers: answersOf(log, options.answers === true),
    verdicts: log.flatMap((event) => (event.type === 'verdict-reach' ? [{ ...event.verdict, attempt: event.attempt }] : [])),
    attempts: result?.attempts ?? [],
    ...(result && { modelUsed: result.modelUsed }),
    ...(result?.totalCost !== undefined && { totalCost: result.totalCost }),
    ...(result?.baselineCost !== undefined && { baselineCost: result.baselineCost }),
    latencyMs: run.elapsed(),
    ...(error && { error }),
    ...(sessionId !== undefined && { sessionId }),
    ...(metadata && { metadata }),
  };
}

/** Traces on their way to `write`, which a run does not wait for. */
const underWay = new WeakMap<TraceOptions, Set<Promise<void>>>();

/** Resolves when everything that has been run so far was handed to `write`. */
export async function tracesHandedOver(options: TraceOptions): Promise<void> {
  const pending = underWay.get(options);
  if (pending) await Promise.all(pending);
}

/** Writes a run down, in the background. Never fails the run. */
export function writeTrace(run: Run, outcome: Outcome): void {
  const options = run.settings.trace;
  if (!options) return;
  const pending = underWay.get(options) ?? new Set();
  underWay.set(options, pending);
  const writing = handOver(run, outcome, options).finally(() => pending.delete(writing));
  pending.add(writing);
}

async function handOver(run: Run, outcome: Outcome, options: TraceOptions): Promise<void> {
  try {
    const trace = await toTrace(run, outcome, options);
    const kept = options.redact ? options.redact(trace) : trace;
    if (kept) await (options.write(kept) as unknown);
  } catch (error) {
    try {
      options.onFailure?.(error);
    } catch {
      // Whoever is told of failures fails too: there is nobody left to tell.
    }
  }
}

/** One answer per model, as readers of traces want it: the last whole one, else the last. The attempts tell of all calls. */
function answersOf(log: readonly CascadeEvent[], withContent: boolean): TraceAnswer[] {
  const byModel = new Map<string, DraftEnd>();
  for (const event of log) {
    if (event.type !== 'draft-end' || event.role === 'judge') continue;
    if (event.status === 'ok' || byModel.get(event.model)?.status !== 'ok') byModel.set(event.model, event);
  }
  return [...byModel.values()].map((event) => {
    const { provider, model, tier, content, toolCalls, finishReason, status, usage, cost, latencyMs } = event;
    return {
      provider,
      model,
      tier,
      ...(withContent && { content, toolCalls }),
      ...(finishReason && { finishReason }),
      complete: status === 'ok',
      ...(usage && { usage }),
      ...(cost !== undefined && { cost }),
      latencyMs,
    };
  });
}

/** SHA-256 of what was asked, so that runs can be matched without prompts. */
async function hashRequest(request: ModelRequest): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(request.messages.map(({ role, content }) => [role, content]))));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
