import { type CallOptions, type Capabilities, type Clock, type Model, type ModelEvent, type ModelRequest, systemClock } from '@cascadeflow/contract';
import { playStep } from './play-step.ts';
import type { ScriptStep } from './script-step.ts';

/** How a double presents itself. */
export interface DoubleOptions {
  /** Default `'scripted'`. */
  readonly provider?: string;
  /** Default `'scripted-model'`. */
  readonly id?: string;
  readonly capabilities?: Capabilities;
  /** Clock of the delays. Default: real time. */
  readonly clock?: Clock;
  /** True gives the double a `generate` beside its `stream`. Default false. */
  readonly generates?: boolean;
}

/** One call that a scripted model received. */
export interface RecordedCall {
  readonly request: ModelRequest;
  readonly options: CallOptions;
  /** Which door was used. */
  readonly via: 'stream' | 'generate';
  /** How it went: `left` means the caller stopped reading without aborting. */
  readonly outcome: 'open' | 'ended' | 'cut' | 'threw' | 'aborted' | 'left';
  /** Events the caller has been given. */
  readonly events: number;
}

/** A model that objects: to calls it does not expect, and to steps nobody asked for. */
export interface ScriptedModel extends Model {
  /** Every call so far, in order. */
  readonly calls: readonly RecordedCall[];
  /** Steps not yet played. */
  readonly remaining: number;
  /** Adds steps to the end of the script. */
  add(...steps: readonly (ScriptStep | string)[]): void;
  /** Throws when a step was not played, a call was not expected, or a step's own check failed. Call it last in every test. */
  done(): void;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/**
 * A model that plays a script: each call takes the next step; a plain string is a step that answers with it.
 *
 * A call beyond the script throws, and because an engine may take that for a failing provider, `done()` throws it again.
 */
export function scriptedModel(script: readonly (ScriptStep | string)[], options: DoubleOptions = {}): ScriptedModel {
  const provider = options.provider ?? 'scripted';
  const id = options.id ?? 'scripted-model';
  const player = { provider, id, clock: options.clock ?? systemClock };
  const steps = script.map(toStep);
  const calls: Mutable<RecordedCall>[] = [];
  const objections: Error[] = [];
  let played = 0;

  const object = (error: unknown): never => {
    objections.push(error instanceof Error ? error : new Error(String(error)));
    throw error;
  };

  const open = (request: ModelRequest, callOptions: CallOptions, via: 'stream' | 'generate') => {
    const call: Mutable<RecordedCall> = { request, options: callOptions, via, outcome: 'open', events: 0 };
    calls.push(call);
    const step = steps[played];
    if (step === undefined) {
      call.outcome = 'threw';
      object(new Error(`${provider}/${id}: call ${calls.length} was not expected, the script has ${steps.length} steps`));
    }
    played++;
    try {
      step!.expect?.(request);
    } catch (error) {
      call.outcome = 'threw';
      object(error);
    }
    return watch(playStep(step!, request, player, callOptions.signal), call);
  };

  const model: ScriptedModel = {
    contract: 'v1',
    provider,
    id,
    capabilities: options.capabilities ?? {},
    calls,
    get remaining() {
      return Math.max(0, steps.length - played);
    },
    stream: (request, callOptions = {}) => open(request, callOptions, 'stream'),
    add: (...more) => void steps.push(...more.map(toStep)),
    done() {
      if (objections[0] !== undefined) throw objections[0];
      if (played < steps.length) throw new Error(`${provider}/${id}: ${steps.length - played} of ${steps.length} steps were not played`);
    },
  };
  if (options.generates === true) {
    model.generate = async (request, callOptions = {}) => {
      const events: ModelEvent[] = [];
      for await (const event of open(request, callOptions, 'generate')) events.push(event);
      return events;
    };
  }
  return model;
}

function toStep(step: ScriptStep | string): ScriptStep {
  return typeof step === 'string' ? { text: step } : step;
}

/** Passes a stream on and writes down how it went. */
async function* watch(
  stream: AsyncIterable<ModelEvent>,
  call: Mutable<RecordedCall>,
): AsyncGenerator<ModelEvent, void, void> {
  let ended = false;
  let outcome: RecordedCall['outcome'] = 'left';
  try {
    for await (const event of stream) {
      call.events++;
      if (event.type === 'end') ended = true;
      yield event;
    }
    outcome = ended ? 'ended' : 'cut';
  } catch (error) {
    outcome = call.options.signal?.aborted === true ? 'aborted' : 'threw';
    throw error;
  } finally {
    if (outcome === 'left' && ended) outcome = 'ended';
    if (outcome === 'left' && call.options.signal?.aborted === true) outcome = 'aborted';
    call.outcome = outcome;
  }
}
