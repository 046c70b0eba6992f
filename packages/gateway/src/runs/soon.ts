/** Does work when what is under way has had its turn: after the answers that are ready, and once for all that came together. */
export function soon(work: () => void): void {
  const { setImmediate: immediate } = globalThis as { readonly setImmediate?: (work: () => void) => unknown };
  if (immediate) immediate(work);
  else setTimeout(work, 0);
}
