import { escapeHtml, percent } from './escape.ts';

/** One bar. */
export interface Bar {
  readonly label: string;
  /** A share; may be negative. */
  readonly value: number;
  /** Said beside the bar. */
  readonly note: string;
}

const width = 360;
const rowHeight = 34;

/** Horizontal bars around a common zero, one a row, with their figures in words. */
export function drawBars(description: string, bars: readonly Bar[]): string {
  const low = Math.min(0, ...bars.map((bar) => bar.value));
  const high = Math.max(0.01, ...bars.map((bar) => bar.value));
  const at = (value: number) => 4 + ((value - low) / (high - low)) * (width - 8);
  const height = bars.length * rowHeight + 4;
  const rows = bars.map((bar, index) => {
    const top = index * rowHeight + 4;
    const [from, to] = [Math.min(at(0), at(bar.value)), Math.max(at(0), at(bar.value))];
    return `<text class="label" x="10" y="${top + 11}">${escapeHtml(bar.label)}</text><text class="tick" x="${width - 4}" y="${top + 11}" text-anchor="end">${escapeHtml(bar.note)}</text><rect class="${bar.value < 0 ? 'bad' : 'bar'}" x="${from.toFixed(1)}" y="${top + 16}" width="${Math.max(1, to - from).toFixed(1)}" height="9" rx="2"><title>${escapeHtml(`${bar.label}: ${percent(bar.value)}`)}</title></rect>`;
  });
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(description)}"><title>${escapeHtml(description)}</title>${rows.join('')}<line class="axis" x1="${at(0).toFixed(1)}" x2="${at(0).toFixed(1)}" y1="0" y2="${height}"/></svg>`;
}
