import { escapeHtml } from './escape.ts';

/** Width and height of a chart in its own units; small, so that its letters stay readable on a phone. */
export const chartSize = { width: 360, height: 260, left: 46, right: 20, top: 12, bottom: 40 } as const;

/** Turns values into places on a chart. */
export interface Scale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** About how many ticks an axis has. */
const wantedTicks = 4;

/** A straight scale with round ticks that cover the values; a single value gets room on both sides, and no value 0 to 1. */
export function createScale(values: readonly number[], from: number, to: number): Scale {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!Number.isFinite(low)) [low, high] = [0, 1];
  if (!(high > low)) [low, high] = [low - (Math.abs(low) * 0.1 || 0.5), high + (Math.abs(high) * 0.1 || 0.5)];
  const rough = (high - low) / wantedTicks;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
  const [start, end] = [first * step, last * step];
  return Object.assign((value: number) => from + ((value - start) / (end - start)) * (to - from), { ticks });
}

/** What stands around the drawing. */
export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly xLabel: (value: number) => string;
  readonly yLabel: (value: number) => string;
}

/** A place with one decimal: SVG needs no more, and the page stays small. */
export function place(value: number): string {
  return value.toFixed(1);
}

/** An SVG chart with axes; `description` is read aloud instead of the drawing. */
export function drawChart(description: string, { x, y, xTitle, yTitle, xLabel, yLabel }: Frame, marks: string): string {
  const { width, height, left, right, top, bottom } = chartSize;
  const base = height - bottom;
  const columns = x.ticks.map((tick) => `<text class="tick" x="${place(x(tick))}" y="${base + 14}" text-anchor="middle">${escapeHtml(xLabel(tick))}</text>`);
  const rows = y.ticks.map((tick) => {
    const at = place(y(tick));
    return `<line class="grid" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/><text class="tick" x="${left - 5}" y="${at}" dy="3.5" text-anchor="end">${escapeHtml(yLabel(tick))}</text>`;
  });
  return `<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escapeHtml(description)}"><title>${escapeHtml(description)}</title>
${rows.join('')}${columns.join('')}
<line class="axis" x1="${left}" x2="${width - right}" y1="${base}" y2="${base}"/>
<text class="name" x="${(left + width - right) / 2}" y="${height - 6}" text-anchor="middle">${escapeHtml(xTitle)}</text>
<text class="name" x="${-(top + base) / 2}" y="11" transform="rotate(-90)" text-anchor="middle">${escapeHtml(yTitle)}</text>
${marks}</svg>`;
}
