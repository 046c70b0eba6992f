import { AbortedError, CascadeError, DeadlineExceededError, type CascadeEvent, type EventBase, type ModelRequest, type QualityTarget } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import type { ReleaseMode, RunOptions, SecondOpinionOptions, Speculation } from './options.ts';
import type { Settings } from './settings.ts';
import type { AnyTool } from './tool.ts';

type WithoutBase<Event> = Event extends CascadeEvent ? Omit<Event, keyof EventBase> : never;

/** An event before it is numbered and timed. */
export type EventDraft = WithoutBase<CascadeEvent>;

/** What {@link Run} is opened with. */
export interface RunRequest {
  readonly request: ModelRequest;
  readonly options: RunOptions;
  readonly tools: readonly AnyTool[];
  readonly target: QualityTarget;
  readonly secondOpinion: SecondOpinionOptions;
  readonly release: ReleaseMode;
  readonly speculation: Speculation;
  readonly deadlineMs: number | undefined;
  /** False when nobody sees text before the result: then nothing is shown until an answer is whole. */
  readonly hasReader: boolean;
}

/** One run: its events so far, the calls under way, and whether it has been stopped. */
export class Run {
  readonly id = crypto.randomUUID();
  readonly settings: Settings;
  readonly opened: RunRequest;
  readonly startedAt: number;
  /** Every event but the deltas, in order: what the result is folded from. */
  readonly log: CascadeEvent[] = [];
  readonly warnings: string[];
  /** Calls under way. */
  readonly live = new Set<Attempt>();
  /** Calls whose end has not been reported yet. */
  readonly unreported = new Set<Attempt>();
  attemptCount = 0;
  firstTextMs: number | undefined;
  /** Why the run has to end, once it has to. */
  stopped: CascadeError | undefined;
  #seq = 0;
  #observerFailed = false;
  #isOver = false;
  #toolController: AbortController | undefined;
  #deliver: ((event: CascadeEvent) => void) | undefined;
  #stops: (() => void)[] = [];

  constructor(settings: Settings, opened: RunRequest, deliver?: (event: CascadeEvent) => void) {
    this.settings = settings;
    this.opened = opened;
    this.startedAt = settings.clock.now();
    this.warnings = settings.warnings.slice();
    this.#deliver = deliver;
  }

  /** Milliseconds since the run began. */
  elapsed(): number {
    return this.settings.clock.now() - this.startedAt;
  }

  /** Milliseconds left before the deadline, or Infinity. */
  remaining(): number {
    return this.opened.deadlineMs === undefined ? Infinity : this.opened.deadlineMs - this.elapsed();
  }

  emit(draft: EventDraft): void {
    const stamped = draft as EventDraft & { -readonly [Field in keyof EventBase]: EventBase[Field] };
    stamped.runId = this.id;
    stamped.seq = this.#seq++;
    stamped.atMs = this.elapsed();
    const event = stamped as CascadeEvent;
    if (event.type === 'text-delta') this.firstTextMs ??= event.atMs;
    else if (event.type !== 'reasoning-delta') this.log.push(event);
    if (event.type === 'cascade-end' || event.type === 'cascade-fail') this.#isOver = true;
    this.#deliver?.(event);
    this.#observe(event);
  }

  warn(message: string): void {
    this.warnings.push(message);
    this.emit({ type: 'warning-raise', message });
  }

  /** Ends every call under way; what has been written so far is kept. */
  stop(error: CascadeError): void {
    if (this.stopped) return;
    this.stopped = error;
    for (const attempt of this.live) attempt.cancel(error);
    this.#toolController?.abort(error);
    for (const stopped of this.#stops.splice(0)) stopped();
  }

  warnOnce(message: string): void {
    if (!this.warnings.includes(message)) this.warn(message);
  }

  /** A signal for the caller's own code, aborted when the run is. */
  signal(): AbortSignal {
    this.#toolController ??= new AbortController();
    if (this.stopped) this.#toolController.abort(this.stopped);
    return this.#toolController.signal;
  }

  /** Ends the run because its time is up; a usable draft may still become its answer. */
  stopAtDeadline(): void {
    this.stop(new DeadlineExceededError(this.opened.deadlineMs ?? 0));
  }

  /** Waits for something that may not listen to the run's end. Rejects with {@link stopped} once the run is stopped. */
  async untilStopped<Value>(work: Value | PromiseLike<Value>): Promise<Value> {
    if (this.stopped) {
      // Nobody will hear of its failure, which must not count as unhandled.
      if (isPromiseLike(work)) work.then(undefined, () => {});
      throw this.stopped;
    }
    if (!isPromiseLike(work)) return work;
    return new Promise<Value>((resolve, reject) => {
      this.#stops.push(() => reject(this.stopped as CascadeError));
      work.then(resolve, reject);
    });
  }

  /** Links the caller's signal; the returned function unlinks it. */
  follow(signal: AbortSignal | undefined): () => void {
    if (!signal) return () => {};
    const onAbort = () => this.stop(new AbortedError({ cause: signal.reason }));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    return () => signal.removeEventListener('abort', onAbort);
  }

  /** An observer that throws is reported once and then left alone for this run. */
  #observe(event: CascadeEvent): void {
    if (!this.settings.onEvent || this.#observerFailed) return;
    try {
      const returned: unknown = this.settings.onEvent(event);
      if (isPromiseLike(returned)) returned.then(undefined, (error: unknown) => this.#dropObserver(error));
    } catch (error) {
      this.#dropObserver(error);
    }
  }

  #dropObserver(error: unknown): void {
    if (this.#observerFailed) return;
    this.#observerFailed = true;
    const message = `onEvent threw ${CascadeError.is(error) ? error.message : String((error as Error | undefined)?.name ?? 'an error')}; it is not called again in this run`;
    if (this.#isOver) this.warnings.push(message);
    else this.warn(message);
  }
}

/** True for anything with a `then`. */
export function isPromiseLike<Value>(value: Value | PromiseLike<Value>): value is PromiseLike<Value> {
  return value !== null && typeof value === 'object' && 'then' in value && typeof value.then === 'function';
}
