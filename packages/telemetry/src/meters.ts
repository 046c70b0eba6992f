import type { Meter } from '@opentelemetry/api';
import type { CascadeResult, DraftEnd } from '@cascadeflow/contract';
import { callAttributes, totalsOf } from './attributes.ts';

/** Bucket bounds that the conventions give for tokens and for seconds. */
const tokenBounds = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];
const secondBounds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

/** Takes figures of calls and runs. */
export interface Meters {
  call(end: DraftEnd, errorType: string | undefined): void;
  run(seconds: number, outcome: CascadeResult | string): void;
}

/** The instruments: two of the conventions, per call, and our own, per run. */
export function createMeters(meter: Meter): Meters {
  const tokens = meter.createHistogram('gen_ai.client.token.usage', { unit: '{token}', description: 'Tokens of one call', advice: { explicitBucketBoundaries: tokenBounds } });
  const duration = meter.createHistogram('gen_ai.client.operation.duration', { unit: 's', description: 'Duration of one call', advice: { explicitBucketBoundaries: secondBounds } });
  const runs = meter.createHistogram('cascadeflow.run.duration', { unit: 's', description: 'Duration of one run', advice: { explicitBucketBoundaries: secondBounds } });
  const cost = meter.createCounter('cascadeflow.cost', { unit: '{USD}', description: 'What calls cost' });
  const saved = meter.createUpDownCounter('cascadeflow.saved', { unit: '{USD}', description: 'What the last tier alone would have cost, less what was spent' });
  return {
    call(end, errorType) {
      const attributes = { ...callAttributes(end), ...(errorType !== undefined && { 'error.type': errorType }) };
      const { input, output } = totalsOf(end.usage ?? {});
      if (input !== undefined) tokens.record(input, { ...attributes, 'gen_ai.token.type': 'input' });
      if (output !== undefined) tokens.record(output, { ...attributes, 'gen_ai.token.type': 'output' });
      duration.record(end.latencyMs / 1000, attributes);
      if (end.cost !== undefined) cost.add(end.cost, { ...attributes, 'cascadeflow.role': end.role });
    },
    run(seconds, outcome) {
      if (typeof outcome === 'string') return runs.record(seconds, { 'cascadeflow.outcome': 'failed', 'error.type': outcome });
      const { cacheHit, degraded, draftAccepted, modelUsed, costSaved } = outcome;
      const name = cacheHit ? 'cached' : degraded ? 'degraded' : draftAccepted ? 'draft-accepted' : 'verified';
      runs.record(seconds, { 'cascadeflow.outcome': name, 'cascadeflow.model_used': modelUsed });
      if (costSaved !== undefined) saved.add(costSaved);
    },
  };
}
