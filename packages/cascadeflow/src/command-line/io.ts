/** Somewhere to write to. */
export interface Output {
  write(text: string): void;
  /** True on a terminal. */
  readonly isTerminal: boolean;
  /** Columns of the terminal; 120 where it is none. */
  readonly columns: number;
  /** True where colours may be used. */
  readonly colours: boolean;
}

/** Everything outside that a command may touch, so that tests can stand in for it. */
export interface Io {
  readonly out: Output;
  readonly err: Output;
  readonly env: { readonly [name: string]: string | undefined };
  /** Reads standard input to its end; `undefined` on a terminal. */
  readInput(): Promise<string | undefined>;
  /** Fires on Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Width of a table that nobody sees on a terminal. */
const columnsOfFiles = 120;

/** Whether a stream may be coloured: NO_COLOR and FORCE_COLOR first (no-color.org, force-color.org), then whether it is a terminal. */
export function mayColour(env: Io['env'], isTerminal: boolean): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}

function toOutput(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    get columns() {
      return stream.columns ?? columnsOfFiles;
    },
    colours: mayColour(process.env, stream.isTTY === true),
  };
}

/** The process's own streams and environment. */
export function processIo(signal: AbortSignal): Io {
  return {
    out: toOutput(process.stdout),
    err: toOutput(process.stderr),
    env: process.env,
    signal,
    async readInput() {
      if (process.stdin.isTTY) return undefined;
      let text = '';
      process.stdin.setEncoding('utf8');
      for await (const piece of process.stdin) text += String(piece);
      return text;
    },
  };
}
