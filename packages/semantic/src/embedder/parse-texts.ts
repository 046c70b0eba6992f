import { AbortedError, InvalidOptionsError } from '@cascadeflow/contract';

/** Checks what was handed to `embed`: an array of strings, or an error that names the bad one. */
export function parseTexts(texts: readonly string[]): readonly string[] {
  if (!Array.isArray(texts)) throw new InvalidOptionsError('texts', 'must be an array of strings');
  for (let index = 0; index < texts.length; index++) {
    if (typeof texts[index] !== 'string') throw new InvalidOptionsError(`texts[${index}]`, 'must be a string');
  }
  return texts;
}

/** Throws an AbortedError when the signal has been aborted. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AbortedError({ cause: signal.reason });
}
