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
  { name: 'doctor', summary: 'check Node, packages, keys, endpoints, prices and calibration, and say what to do', load: () => import('./doctor.ts') },
  { name: 'record', summary: 'record every model\'s answer once, from a file or from live traffic', load: () => import('./record.ts') },
  { name: 'replay', summary: 'run a cascade over recorded answers: what it would have saved and lost', load: () => import('./replay.ts') },
  { name: 'fit', summary: 'fit a calibration on recorded, labelled answers', load: () => import('./fit.ts') },
  { name: 'certify', summary: 'find the cheapest threshold that provably loses little', load: () => import('./certify.ts') },
  { name: 'advise', summary: 'find the cheapest policy, or say not to cascade', load: () => import('./advise.ts') },
  { name: 'report', summary: 'write a page that shows what a cascade saves and loses', load: () => import('./report.ts') },
  { name: 'prices', summary: 'show what models cost, and download a newer list', load: () => import('./prices.ts') },
  { name: 'init', summary: 'write a commented configuration of the gateway', load: () => import('./init.ts') },
  { name: 'gateway', summary: 'serve cascades behind the APIs of OpenAI and Anthropic', load: () => import('./gateway.ts') },
  { name: 'keys', summary: 'add, list and revoke keys of the gateway', load: () => import('./keys.ts') },
];
