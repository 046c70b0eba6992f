/** Below this an amount is shown with more digits: a figure of its own must stay visible. */
const smallAmount = 0.000_001;

/** USD with as many digits as its size needs: `$1.20`, `$0.0123`, `$0.000123`; `unknown` where it is. */
export function formatMoney(usd: number | undefined): string {
  if (usd === undefined) return 'unknown';
  const size = Math.abs(usd);
  const digits = size === 0 ? 0 : size >= 1 ? 2 : size >= 0.01 ? 4 : size >= smallAmount ? 6 : 8;
  return `${usd < 0 ? '-' : ''}$${size.toFixed(digits)}`;
}

/** `340 ms`, `1.2 s`, `2 min 5 s`. */
export function formatTime(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** `62%`; `unknown` where it is. */
export function formatPercent(percent: number | undefined): string {
  return percent === undefined ? 'unknown' : `${Math.round(percent)}%`;
}
