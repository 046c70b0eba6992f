import type { Output } from '../command-line/io.ts';
import { truncate } from './table.ts';

/** A line that is written over and over on a terminal, and not at all elsewhere. */
export interface ProgressLine {
  show(text: string): void;
  clear(): void;
}

const eraseLine = '\r\u001b[2K';

/** Shows progress on a terminal. */
export function progressLine(output: Output): ProgressLine {
  if (!output.isTerminal) return { show() {}, clear() {} };
  return {
    show: (text) => output.write(eraseLine + truncate(text, output.columns - 1)),
    clear: () => output.write(eraseLine),
  };
}
