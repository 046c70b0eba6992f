/** What the process says when it ends. */
export const ExitCode = {
  ok: 0,
  /** The command ran and failed: no answer, no connection, a broken file. */
  failed: 1,
  /** The command was called wrongly: an unknown flag, a bad value, a missing key. Nothing was done. */
  usage: 2,
  /** The user pressed Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
