import type { Command } from 'commander';
import type { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';

/** What the file of a command exports. */
export interface CommandModule {
  /** Adds arguments, options and the action to `command`. The action calls `end` with the exit code, where that is not 0, and may throw. */
  define(command: Command, io: Io, end: (code: ExitCode) => void): void;
}

/** One command: its file is loaded when it is called or asked for help. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

/** Every command of `cascadeflow`, in the order of the help. To add one: a file beside this one, and a line here. */
export const commands: readonly CommandEntry[] = [
  { name: 'demo', summary: 'run 42 questions through a cascade and show what it decided', load: () => import('./demo.ts') },
  { name: 'run', summary: 'ask one question', load: () => import('./run.ts') },
];
