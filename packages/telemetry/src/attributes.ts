import type { Attributes } from '@opentelemetry/api';
import type { AttemptRef, CascadeResult, CascadeStart, DraftEnd, Usage, Verdict } from '@cascadeflow/contract';

/** Attributes by which a call is known, on spans and on metrics. Names: OpenTelemetry semantic conventions for generative AI, 1.41. */
export function callAttributes({ provider, model }: Pick<AttemptRef, 'provider' | 'model'>): Attributes {
  return { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': provider, 'gen_ai.request.model': model };
}

/** Where a call stands in its run. */
export function attemptAttributes({ attempt, step, role, tier }: AttemptRef): Attributes {
  return { 'cascadeflow.attempt': attempt, 'cascadeflow.step': step, 'cascadeflow.role': role, 'cascadeflow.tier': tier };
}

/** What a finished call used and cost. Absent figures give no attribute. */
export function endAttributes(end: DraftEnd): Attributes {
  const { usage, cost, estimated, status, finishReason, timeToFirstTokenMs, servedModel, responseId, cancelReason } = end;
  return {
    'cascadeflow.status': status,
    'cascadeflow.cost.estimated': estimated,
    ...(usage && usageAttributes(usage)),
    ...(cost !== undefined && { 'cascadeflow.cost.usd': cost }),
    ...(finishReason && { 'gen_ai.response.finish_reasons': [finishReason.unified] }),
    ...(servedModel !== undefined && { 'gen_ai.response.model': servedModel }),
    ...(responseId !== undefined && { 'gen_ai.response.id': responseId }),
    ...(timeToFirstTokenMs !== undefined && { 'cascadeflow.time_to_first_token_ms': timeToFirstTokenMs }),
    ...(cancelReason !== undefined && { 'cascadeflow.cancel_reason': cancelReason }),
  };
}

/** Tokens as the conventions count them: input with what came from and went to the cache, output with reasoning. */
export function usageAttributes(usage: Usage): Attributes {
  const { cachedInput, cacheWrite, reasoning } = usage;
  const { input, output } = totalsOf(usage);
  return {
    ...(input !== undefined && { 'gen_ai.usage.input_tokens': input }),
    ...(output !== undefined && { 'gen_ai.usage.output_tokens': output }),
    ...(cachedInput !== undefined && { 'gen_ai.usage.cache_read.input_tokens': cachedInput }),
    ...(cacheWrite !== undefined && { 'gen_ai.usage.cache_creation.input_tokens': cacheWrite }),
    ...(reasoning !== undefined && { 'gen_ai.usage.reasoning.output_tokens': reasoning }),
  };
}

/** Input and output tokens, everything in them. */
export function totalsOf(usage: Usage): { readonly input: number | undefined; readonly output: number | undefined } {
  return { input: sumOf(usage.input, usage.cachedInput, usage.cacheWrite), output: sumOf(usage.output, usage.reasoning) };
}

/** What the judge made of a draft; its reason stays out, since a judge of one's own may quote the draft. */
export function verdictAttributes({ accept, probability, threshold, veto }: Verdict): Attributes {
  return {
    'cascadeflow.verdict.accept': accept,
    'cascadeflow.verdict.probability': probability,
    'cascadeflow.verdict.threshold': threshold,
    'cascadeflow.verdict.veto': veto !== undefined,
  };
}

/** What is known when a run begins. */
export function startAttributes({ runId, sessionId, models }: CascadeStart): Attributes {
  return { 'cascadeflow.run_id': runId, 'cascadeflow.models': models.map((model) => model.name), ...(sessionId !== undefined && { 'gen_ai.conversation.id': sessionId }) };
}

/** What a run came to. */
export function resultAttributes(result: CascadeResult): Attributes {
  return {
    'gen_ai.response.finish_reasons': [result.finishReason.unified],
    ...usageAttributes(result.usage),
    'cascadeflow.model_used': result.modelUsed,
    'cascadeflow.tier': result.tier,
    'cascadeflow.cascaded': result.cascaded,
    'cascadeflow.draft_accepted': result.draftAccepted,
    'cascadeflow.degraded': result.degraded,
    'cascadeflow.cache_hit': result.cacheHit,
    'cascadeflow.complexity': result.complexity,
    'cascadeflow.domain': result.domain,
    'cascadeflow.escalations': result.escalations,
    'cascadeflow.overhead_ms': result.overheadMs,
    'cascadeflow.cost.estimated': result.costEstimated,
    ...(result.qualityScore !== undefined && { 'cascadeflow.verdict.probability': result.qualityScore }),
    ...(result.totalCost !== undefined && { 'cascadeflow.cost.usd': result.totalCost }),
    ...(result.costSaved !== undefined && { 'cascadeflow.saved.usd': result.costSaved }),
  };
}

function sumOf(...parts: readonly (number | undefined)[]): number | undefined {
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, part) => sum + part, 0);
}
