import { type Clock, type ModelEvent, type ModelRequest, ProviderError, sleep } from '@cascadeflow/contract';
import { chunkText } from './chunking.ts';
import { promptLength, type ScriptFault, type ScriptStep } from './script-step.ts';
import { toFinishReason, toToolCalls, toUsage } from './scripted-answer.ts';

/** Who plays, and on which clock. */
export interface Player {
  readonly provider: string;
  readonly id: string;
  readonly clock: Clock;
}

/** Plays one step as a model's stream: events, delays and faults in order, ended within the tick by the signal. */
export async function* playStep(
  step: ScriptStep,
  request: ModelRequest,
  player: Player,
  signal?: AbortSignal,
): AsyncGenerator<ModelEvent, void, void> {
  signal?.throwIfAborted();
  if (step.delayMs !== undefined) await sleep(player.clock, step.delayMs, signal);
  let first = true;
  for (const event of step.events ?? scriptEvents(step, request)) {
    if (event.type === 'text-delta') {
      if (!first && step.chunkDelayMs !== undefined) await sleep(player.clock, step.chunkDelayMs, signal);
      first = false;
    }
    signal?.throwIfAborted();
    yield event;
  }
  signal?.throwIfAborted();
  await fail(step.fault, player, signal);
}

function* scriptEvents(step: ScriptStep, request: ModelRequest): Generator<ModelEvent, void, void> {
  const chunks = chunkText(step.text ?? '', step.chunks);
  const fault = step.fault;
  const upTo = fault === undefined ? chunks.length : (fault.afterChunks ?? (fault.type === 'cut' ? chunks.length : 0));
  if (fault !== undefined && upTo === 0) return;
  if (step.reasoning !== undefined) yield { type: 'reasoning-delta', text: step.reasoning };
  const spread = step.logprobs !== undefined && step.logprobs.length === chunks.length;
  for (let index = 0; index < Math.min(upTo, chunks.length); index++) {
    yield { type: 'text-delta', text: chunks[index]! };
    if (spread) yield { type: 'logprobs', tokens: [step.logprobs[index]!] };
  }
  if (fault !== undefined) return;
  if (step.logprobs !== undefined && !spread) yield { type: 'logprobs', tokens: step.logprobs };
  for (const call of toToolCalls(step)) {
    yield { type: 'tool-call-start', id: call.id, name: call.name };
    yield { type: 'tool-call', call };
  }
  const usage = toUsage(step, promptLength(request));
  yield {
    type: 'end',
    finishReason: toFinishReason(step),
    ...(usage !== undefined && { usage }),
    ...(step.reportedCost !== undefined && { reportedCost: step.reportedCost }),
    ...(step.servedModel !== undefined && { servedModel: step.servedModel }),
    ...(step.responseId !== undefined && { responseId: step.responseId }),
    ...(step.warnings !== undefined && { warnings: step.warnings }),
  };
}

async function fail(fault: ScriptFault | undefined, player: Player, signal?: AbortSignal): Promise<void> {
  if (fault === undefined || fault.type === 'cut') return;
  if (fault.type === 'hang') {
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
  }
  if ('error' in fault) throw fault.error;
  throw new ProviderError(`${player.provider} failed: ${fault.kind}`, {
    kind: fault.kind,
    provider: player.provider,
    model: player.id,
    retryable: fault.retryable ?? retryableKinds.has(fault.kind),
    ...(fault.status !== undefined && { status: fault.status }),
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
  });
}

const retryableKinds = new Set(['rate-limit', 'overloaded', 'server', 'network', 'timeout', 'cut', 'malformed', 'unavailable']);
