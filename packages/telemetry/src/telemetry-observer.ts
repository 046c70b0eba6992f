import { context, type Meter, metrics, type Span, SpanKind, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api';
import type { CascadeEvent, DraftEnd, ErrorInfo } from '@cascadeflow/contract';
import { attemptAttributes, callAttributes, endAttributes, resultAttributes, startAttributes, verdictAttributes } from './attributes.ts';
import { createMeters } from './meters.ts';
import { type EventObserver, observeAll } from './observer.ts';

/** Where spans and figures go. */
export interface TelemetryOptions {
  /** Default: the globally registered one. */
  readonly tracer?: Tracer;
  /** Default: the globally registered one. */
  readonly meter?: Meter;
}

const scope = '@cascadeflow/telemetry';

interface OpenCall {
  readonly span: Span;
  readonly startedAt: number;
  end: DraftEnd | undefined;
  error: ErrorInfo | undefined;
}

interface OpenRun {
  readonly span: Span;
  /** Milliseconds since 1970 at the run's own zero. */
  readonly zero: number;
  readonly calls: Map<number, OpenCall>;
}

/**
 * An observer that makes one span per run, a child of whatever span is active when the run is asked for, and under it one span per call, with the
 * attributes of the GenAI semantic conventions; and the matching metrics. Prompts, answers, users and metadata are never recorded.
 */
export function telemetryObserver({ tracer = trace.getTracer(scope), meter = metrics.getMeter(scope) }: TelemetryOptions = {}): EventObserver {
  const meters = createMeters(meter);
  const runs = new Map<string, OpenRun>();

  const closeRun = (run: OpenRun, event: Extract<CascadeEvent, { type: 'cascade-end' | 'cascade-fail' }>): void => {
    for (const call of run.calls.values()) closeCall(call);
    if (event.type === 'cascade-end') {
      run.span.setAttributes(resultAttributes(event.result));
      meters.run(event.atMs / 1000, event.result);
    } else {
      const { error, spend } = event;
      fail(run.span, error);
      if (spend.totalCost !== undefined) run.span.setAttribute('cascadeflow.cost.usd', spend.totalCost);
      meters.run(event.atMs / 1000, error.code);
    }
    run.span.end(run.zero + event.atMs);
    runs.delete(event.runId);
  };

  const closeCall = ({ span, startedAt, end, error }: OpenCall): void => {
    if (error) fail(span, error);
    if (end) meters.call(end, error && errorTypeOf(error));
    span.end(startedAt + (end?.latencyMs ?? 0));
  };

  return (event) => {
    if (event.type === 'cascade-start') {
      const zero = Date.now() - event.atMs;
      const span = tracer.startSpan('cascade', { kind: SpanKind.INTERNAL, startTime: zero, attributes: startAttributes(event) }, context.active());
      runs.set(event.runId, { span, zero, calls: new Map() });
      return;
    }
    const run = runs.get(event.runId);
    if (!run) return;
    if (event.type === 'cascade-end' || event.type === 'cascade-fail') return closeRun(run, event);
    if (event.type === 'draft-start') {
      const startedAt = run.zero + event.atMs;
      const attributes = { ...callAttributes(event), ...attemptAttributes(event) };
      const span = tracer.startSpan(`chat ${event.model}`, { kind: SpanKind.CLIENT, startTime: startedAt, attributes }, trace.setSpan(context.active(), run.span));
      run.calls.set(event.attempt, { span, startedAt, end: undefined, error: undefined });
    } else if (event.type === 'policy-apply') {
      run.span.addEvent('cascadeflow.policy', { 'cascadeflow.policy': event.policy, ...(event.model !== undefined && { 'gen_ai.request.model': event.model }) }, run.zero + event.atMs);
    } else if (event.type === 'draft-end' || event.type === 'attempt-fail' || event.type === 'attempt-retry' || event.type === 'verdict-reach') {
      const call = run.calls.get(event.attempt);
      if (!call) return;
      if (event.type === 'verdict-reach') call.span.setAttributes(verdictAttributes(event.verdict));
      else if (event.type === 'draft-end') call.span.setAttributes(endAttributes((call.end = event)));
      else call.error = event.error;
    }
  };
}

/** An agent's options with telemetry added; an `onEvent` that is there already is called as before. */
export function withTelemetry<Options extends { readonly onEvent?: EventObserver }>(options: Options, telemetry: TelemetryOptions = {}): Options {
  return { ...options, onEvent: observeAll(telemetryObserver(telemetry), options.onEvent) };
}

function fail(span: Span, error: ErrorInfo): void {
  span.setAttribute('error.type', errorTypeOf(error));
  if (error.status !== undefined) span.setAttribute('http.response.status_code', error.status);
  span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
}

function errorTypeOf({ kind, code }: ErrorInfo): string {
  return kind ?? code;
}
