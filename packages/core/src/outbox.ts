import { AbortedError, type CascadeEvent, type CascadeResult } from '@cascadeflow/contract';
import { cascade } from './cascade.ts';
import type { Run } from './run.ts';

/** Hands a run's events to one reader in order. The run does not wait for the reader: what it holds is bounded by the length of the answers. */
export class Outbox {
  /** The run's result, or its failure. */
  readonly result: Promise<CascadeResult>;
  readonly #run: Run;
  readonly #queue: CascadeEvent[] = [];
  #wake: (() => void) | undefined;
  #isOver = false;

  constructor(open: (deliver: (event: CascadeEvent) => void) => Run) {
    this.#run = open((event) => {
      this.#queue.push(event);
      this.#rouse();
    });
    this.result = cascade(this.#run);
    const over = () => {
      this.#isOver = true;
      this.#rouse();
    };
    this.result.then(over, over);
  }

  async *events(): AsyncGenerator<CascadeEvent, void, undefined> {
    try {
      for (let cursor = 0; ; ) {
        while (cursor < this.#queue.length) yield this.#queue[cursor++] as CascadeEvent;
        this.#queue.length = cursor = 0;
        if (this.#isOver) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      if (!this.#isOver) this.#run.stop(new AbortedError());
    }
  }

  #rouse(): void {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
