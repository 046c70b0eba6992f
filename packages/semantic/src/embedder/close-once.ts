import { CascadeError } from '@cascadeflow/contract';

/** Guards a session: closing it again does nothing, using it afterwards is an error that says so. */
export interface Closing {
  /** Throws a CascadeError after `close`. */
  readonly check: () => void;
  readonly close: () => Promise<void>;
}

/** Runs `release` at the first close only. */
export function closeOnce(release: () => Promise<unknown> | undefined): Closing {
  let closed = false;
  return {
    check() {
      if (closed) throw new CascadeError('invalid-options', 'the embedder was closed; create another one');
    },
    async close() {
      if (closed) return;
      closed = true;
      await release();
    },
  };
}
