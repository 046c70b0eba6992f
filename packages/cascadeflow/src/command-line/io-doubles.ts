import type { Io, Output } from './io.ts';

/** An Io that keeps what was written. */
export interface TestIo extends Io {
  readonly written: { out: string; err: string };
}

/** Stands in for the process in tests. */
export function testIo(changes: { readonly env?: Io['env']; readonly input?: string; readonly signal?: AbortSignal; readonly terminal?: boolean; readonly columns?: number } = {}): TestIo {
  const written = { out: '', err: '' };
  const output = (to: 'out' | 'err'): Output => ({
    write: (text) => void (written[to] += text),
    isTerminal: changes.terminal ?? false,
    columns: changes.columns ?? 120,
    colours: false,
  });
  return {
    written,
    out: output('out'),
    err: output('err'),
    env: changes.env ?? {},
    signal: changes.signal ?? new AbortController().signal,
    readInput: async () => changes.input,
  };
}
