import type { AssistantMessage, AttemptReport, CascadeEvent, CascadeResult, ErrorInfo, Message, Verdict } from '@cascadeflow/contract';
import type { Attempt } from '../attempt.ts';
import type { Answer } from '../cascade.ts';
import { foldBaseline, foldBill } from '../ledger.ts';
import { fromPico, toPico } from '../money.ts';
import type { Mutable } from '../mutable.ts';
import type { ParsedAnswer } from '../parse-answer.ts';
import type { Run } from '../run.ts';
import type { Tier } from '../tiers.ts';

/** Folds the run's events into its result and reports it. Nothing follows. */
export function closeResult(run: Run, answer: Answer, parsed: ParsedAnswer, messages: readonly Message[], steps: number): CascadeResult {
  const { log, settings, opened } = run;
  const { attempt, walk } = answer;
  const { plan, complexity, domain, reasons } = walk.route;
  const chosen = chosenAttempts(log, attempt);
  const bill = foldBill(log);
  const last = settings.tiers.at(-1) as Tier;
  const baseline = foldBaseline(log, chosen, last.info.tier, last.price);
  const saved = bill.total === undefined || baseline.cost === undefined ? undefined : fromPico(toPico(baseline.cost) - toPico(bill.total));
  const first = log.find((event) => event.type === 'draft-end' && event.step === walk.step && event.role !== 'judge');
  const verdicts: CascadeResult['verdicts'][number][] = [];
  let routingMs = 0;
  let judgingMs = 0;
  let escalations = 0;
  let drafts = 0;
  for (const event of log) {
    if (event.type === 'verdict-reach') {
      verdicts.push({ ...event.verdict, attempt: event.attempt });
      judgingMs += event.judgingMs;
    } else if (event.type === 'route-choose') routingMs += event.routingMs;
    else if (event.type === 'escalation-start') escalations++;
    else if (event.type === 'draft-start' && event.role !== 'verifier') drafts++;
  }
  const firstVerdict: Verdict | undefined = first && 'attempt' in first ? verdicts.findLast((verdict) => verdict.attempt === first.attempt) : undefined;
  const latencyMs = run.elapsed();
  const expectedMs = settings.latency.total(last.info.name, 0.5);
  const { sessionId, metadata, topLogprobs } = opened.options;

  const result: Mutable<CascadeResult> = {
    content: attempt.content,
    messages: [...messages, toMessage(run, attempt)],
    toolCalls: attempt.toolCalls,
    finishReason: attempt.finishReason(),
    modelUsed: attempt.model,
    provider: attempt.provider,
    tier: attempt.tier,
    cascaded: drafts > 0,
    draftAccepted: attempt.role !== 'verifier' && !answer.degraded,
    degraded: answer.degraded || parsed.flaw !== undefined,
    reason: parsed.flaw ?? answer.reason,
    cacheHit: false,
    complexity: complexity.label,
    complexityConfidence: complexity.confidence,
    domain: domain.label,
    domainConfidence: domain.confidence,
    plan,
    routeReasons: reasons,
    signals: firstVerdict?.signals ?? [],
    verdicts,
    attempts: reports(log, chosen),
    escalations,
    usage: bill.usage,
    totalCost: bill.total,
    draftCost: bill.drafts,
    verifierCost: bill.verifiers,
    baselineCost: baseline.cost,
    baselineEstimated: baseline.estimated,
    costSaved: saved,
    savingsPercent: saved === undefined || !baseline.cost ? undefined : (100 * saved) / baseline.cost,
    pricingIncomplete: bill.incomplete,
    costEstimated: bill.estimated,
    tokensSaved: tokensSaved(log, chosen, settings.estimateTokens),
    latencyMs,
    routingMs,
    judgingMs,
    overheadMs: Math.max(0, latencyMs - busyMs(log)),
    steps,
    runId: run.id,
    traceId: run.id.replaceAll('-', ''),
    warnings: warningsOf(run),
  };
  if (parsed.object !== undefined) result.object = parsed.object;
  if (topLogprobs !== undefined && attempt.logprobs) result.logprobs = attempt.logprobs;
  if (firstVerdict) {
    result.qualityScore = firstVerdict.probability;
    result.qualityThreshold = firstVerdict.threshold;
  }
  if (first?.type === 'draft-end') result.draftContent = first.content;
  if (run.firstTextMs !== undefined) result.timeToFirstTokenMs = run.firstTextMs;
  if (expectedMs !== undefined && latencyMs > 0) result.speedup = expectedMs / latencyMs;
  if (sessionId !== undefined) result.sessionId = sessionId;
  if (metadata) result.metadata = metadata;
  run.emit({ type: 'cascade-end', result });
  return result;
}

/** What the run has to say, and that its traffic has drifted. */
function warningsOf(run: Run): readonly string[] {
  const drift = run.settings.drift?.warning;
  return drift === undefined ? run.warnings : [...run.warnings, drift];
}

/** The answer as the next message of the conversation, signed by who wrote it. */
export function toMessage(run: Run, attempt: Attempt): Message {
  const { provider, model, tier, content, toolCalls, reasoning } = attempt;
  const message: Mutable<AssistantMessage> = { role: 'assistant', content, provenance: { provider, model, tier, runId: run.id } };
  if (toolCalls.length > 0) message.toolCalls = toolCalls;
  if (reasoning.length > 0) message.reasoning = reasoning;
  return message;
}

/** Calls whose answers were taken: the last one, and in a tool loop the one of each turn whose tools were run. */
function chosenAttempts(log: readonly CascadeEvent[], last: Attempt): ReadonlySet<number> {
  const chosen = new Set<number>();
  for (const event of log) if (event.type === 'tool-call') chosen.add(event.attempt);
  return chosen.add(last.attempt);
}

function reports(log: readonly CascadeEvent[], chosen: ReadonlySet<number>): AttemptReport[] {
  const reported: AttemptReport[] = [];
  for (const event of log) {
    if (event.type !== 'draft-end') continue;
    const { attempt, step, role, provider, model, tier, status, usage, cost, estimated, latencyMs, timeToFirstTokenMs, finishReason } = event;
    const report: Mutable<AttemptReport> = { attempt, step, role, provider, model, tier, status, estimated, latencyMs, chosen: chosen.has(attempt) };
    if (usage) report.usage = usage;
    if (cost !== undefined) report.cost = cost;
    if (timeToFirstTokenMs !== undefined) report.timeToFirstTokenMs = timeToFirstTokenMs;
    if (finishReason) report.finishReason = finishReason;
    const error = status === 'ok' ? undefined : errorOf(log, attempt);
    if (error) report.error = error;
    reported.push(report);
  }
  return reported;
}

function errorOf(log: readonly CascadeEvent[], attempt: number): ErrorInfo | undefined {
  const failure = log.findLast((event) => (event.type === 'attempt-fail' || event.type === 'attempt-retry') && event.attempt === attempt);
  return failure && 'error' in failure ? failure.error : undefined;
}

/** Output tokens that cancelled calls did not write, taking the answer of the same turn for their length. */
function tokensSaved(log: readonly CascadeEvent[], chosen: ReadonlySet<number>, estimateTokens: (text: string) => number): number {
  if (!log.some((event) => event.type === 'draft-end' && event.status === 'cancelled')) return 0;
  const ends = log.filter((event) => event.type === 'draft-end');
  let saved = 0;
  for (const end of ends) {
    // Of two calls of one model, the second was made for speed: that it was cancelled spares nothing.
    const isTwin = ends.some((other) => other.step === end.step && other.model === end.model && other.status === 'ok');
    if (end.status !== 'cancelled' || isTwin) continue;
    const taken = ends.find((other) => other.step === end.step && chosen.has(other.attempt));
    if (taken) saved += Math.max(0, (taken.usage?.output ?? estimateTokens(taken.content)) - estimateTokens(end.content));
  }
  return saved;
}

/** Milliseconds during which at least one model or tool was at work. */
function busyMs(log: readonly CascadeEvent[]): number {
  const starts = new Map<number, number>();
  const spans: (readonly [start: number, end: number])[] = [];
  for (const event of log) {
    if (event.type === 'draft-start') starts.set(event.attempt, event.atMs);
    else if (event.type === 'draft-end' || event.type === 'tool-end') {
      const start = (event.type === 'draft-end' ? starts.get(event.attempt) : undefined) ?? event.atMs - event.latencyMs;
      spans.push([start, start + event.latencyMs]);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  let busy = 0;
  let until = -Infinity;
  for (const [start, end] of spans) {
    busy += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return busy;
}
