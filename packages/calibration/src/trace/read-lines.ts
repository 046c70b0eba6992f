/** One line of a file, without its end. */
export interface Line {
  /** 1 for the first. */
  readonly number: number;
  /** Absent when the line was longer than allowed. */
  readonly text?: string;
  /** False for a last line without a line end: its writer may have been stopped in the middle. */
  readonly ended: boolean;
}

/** Longest line that is read, in bytes: 64 MB. Longer ones are passed over without being held. */
export const maxLineBytes = 64 * 1024 * 1024;

const lineEnd = 0x0a;

/**
 * Splits a stream of bytes into lines at `\n` alone (a `\r` before it stays; JSON ignores it), holding no more than one line. Works on a file
 * of any size in constant memory.
 */
export async function* readLines(source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>, maxBytes: number = maxLineBytes): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  let number = 0;
  const take = (ended: boolean): Line => {
    number++;
    const tooLong = heldBytes > maxBytes;
    const text = tooLong ? undefined : decoder.decode(joined(held, heldBytes));
    held = [];
    heldBytes = 0;
    return { number, ended, ...(text !== undefined && { text }) };
  };
  for await (const piece of source) {
    const bytes = typeof piece === 'string' ? encoder.encode(piece) : piece;
    let from = 0;
    for (let end = bytes.indexOf(lineEnd, from); end >= 0; end = bytes.indexOf(lineEnd, from)) {
      held.push(bytes.subarray(from, end));
      heldBytes += end - from;
      yield take(true);
      from = end + 1;
    }
    heldBytes += bytes.length - from;
    if (heldBytes > maxBytes) held = [];
    else if (from < bytes.length) held.push(bytes.slice(from));
  }
  if (heldBytes > 0) yield take(false);
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0];
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
