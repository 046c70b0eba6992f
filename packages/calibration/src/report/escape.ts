/** A text as it may stand in HTML, in an element or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** `0.253` as `25.3%`; a dash for what is not a number. */
export function percent(share: number, digits: number = 1): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)}%` : '–';
}

/** USD with as many digits as a small sum needs. */
export function dollars(usd: number): string {
  if (!Number.isFinite(usd)) return '–';
  const size = Math.abs(usd);
  return `$${usd.toFixed(size === 0 || size >= 1 ? 2 : size >= 0.01 ? 4 : 6)}`;
}
