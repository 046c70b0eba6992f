import type { ModelEvent } from '@cascadeflow/contract';

/** What an {@link EventStream} is read from. */
export interface EventSource {
  /** The next events, as many as have come; may be none. Undefined at the end. */
  read(): Promise<readonly ModelEvent[] | undefined>;
  /** What the reader is to be thrown for what `read` threw. */
  toThrown(error: unknown): unknown;
  /** Called once, when nothing more will be read. */
  close(): void;
}

/**
 * The events of an answer one by one. Nothing is opened before the first is asked for; a reader that leaves closes what is open.
 *
 * A plain iterator and not a generator, which would take three turns of the microtask queue for each event.
 */
export class EventStream implements AsyncIterableIterator<ModelEvent, void, undefined> {
  readonly #open: () => EventSource;
  #source: EventSource | undefined;
  #batch: readonly ModelEvent[] = [];
  #at = 0;
  #isOver = false;
  #reading: Promise<IteratorResult<ModelEvent, void>> | undefined;

  constructor(open: () => EventSource) {
    this.#open = open;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<ModelEvent, void>> {
    // Events are handed out in the order in which they are asked for.
    if (this.#reading) return this.#reading.then(() => this.next());
    const value = this.#batch[this.#at];
    if (value) {
      this.#at++;
      return Promise.resolve({ done: false, value });
    }
    if (this.#isOver) return Promise.resolve({ done: true, value: undefined });
    this.#reading = this.#read();
    return this.#reading;
  }

  return(): Promise<IteratorResult<ModelEvent, void>> {
    this.#close();
    return Promise.resolve({ done: true, value: undefined });
  }

  async #read(): Promise<IteratorResult<ModelEvent, void>> {
    try {
      this.#source ??= this.#open();
      for (;;) {
        const batch = await this.#source.read();
        if (!batch || this.#isOver) {
          this.#close();
          return { done: true, value: undefined };
        }
        this.#batch = batch;
        this.#at = 0;
        const value = batch[this.#at];
        if (!value) continue;
        this.#at++;
        return { done: false, value };
      }
    } catch (error) {
      const thrown = this.#source ? this.#source.toThrown(error) : error;
      this.#close();
      throw thrown;
    } finally {
      this.#reading = undefined;
    }
  }

  #close(): void {
    this.#batch = [];
    if (this.#isOver) return;
    this.#isOver = true;
    this.#source?.close();
  }
}
