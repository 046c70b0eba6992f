import { type Model, type ModelEvent, type ModelRequest, systemClock } from '@cascadeflow/contract';
import { playStep } from './play-step.ts';
import { promptLength, type ScriptStep } from './script-step.ts';
import { toUsage } from './scripted-answer.ts';
import type { DoubleOptions } from './scripted-model.ts';

/** Answers any request: `call` counts 0, 1, 2 … A string is the whole answer. */
export type Answerer = (request: ModelRequest, call: number) => ScriptStep | string;

/** A model that answers for ever and keeps nothing: for property tests and benchmarks. */
export interface RepeatingModel extends Model {
  /** Calls so far. */
  readonly callCount: number;
}

const stopped = { unified: 'stop', raw: 'stop' } as const;

/** A model that asks `answer` what to say, each time. An answer that is a plain string costs about a microsecond. */
export function repeatingModel(answer: Answerer, options: DoubleOptions = {}): RepeatingModel {
  const provider = options.provider ?? 'scripted';
  const id = options.id ?? 'repeating-model';
  const player = { provider, id, clock: options.clock ?? systemClock };
  let callCount = 0;

  const play = (request: ModelRequest, signal: AbortSignal | undefined): AsyncIterable<ModelEvent> => {
    const step = answer(request, callCount++);
    return typeof step === 'string' ? say(step, request, signal) : playStep(step, request, player, signal);
  };

  return {
    contract: 'v1',
    provider,
    id,
    capabilities: options.capabilities ?? {},
    get callCount() {
      return callCount;
    },
    stream: (request, callOptions) => play(request, callOptions?.signal),
    ...(options.generates === true && {
      async generate(request, callOptions) {
        const events: ModelEvent[] = [];
        for await (const event of play(request, callOptions?.signal)) events.push(event);
        return events;
      },
    }),
  } satisfies RepeatingModel;
}

async function* say(text: string, request: ModelRequest, signal?: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
  signal?.throwIfAborted();
  if (text !== '') yield { type: 'text-delta', text };
  signal?.throwIfAborted();
  yield { type: 'end', finishReason: stopped, usage: toUsage({ text }, promptLength(request))! };
}
