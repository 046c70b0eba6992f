import type { ReliabilityBin } from '../metric/ece.ts';
import { chartSize, createScale, drawChart, place } from './chart.ts';
import { escapeHtml, percent } from './escape.ts';

/** Probability said against quality seen; on the diagonal the judge says what is so. The larger a dot, the more drafts. */
export function drawReliability(bins: readonly ReliabilityBin[]): string {
  const { width, height, left, right, top, bottom } = chartSize;
  const x = createScale([0, 1], left, width - right);
  const y = createScale([0, 1], height - bottom, top);
  const diagonal = `<line class="hull" x1="${place(x(0))}" y1="${place(y(0))}" x2="${place(x(1))}" y2="${place(y(1))}"/>`;
  const line = bins.length < 2 ? '' : `<polyline class="curve" points="${bins.map((bin) => `${place(x(bin.predicted))},${place(y(bin.observed))}`).join(' ')}"/>`;
  const most = Math.max(1, ...bins.map((bin) => bin.n));
  const dots = bins.map((bin) => {
    const told = `said ${percent(bin.predicted, 0)}, seen ${percent(bin.observed, 0)}, ${bin.n} drafts`;
    return `<circle class="point" cx="${place(x(bin.predicted))}" cy="${place(y(bin.observed))}" r="${place(2.5 + 3 * Math.sqrt(bin.n / most))}"><title>${escapeHtml(told)}</title></circle>`;
  });
  const share = (value: number) => percent(value, 0);
  const frame = { x, y, xTitle: 'probability said', yTitle: 'good drafts seen', xLabel: share, yLabel: share };
  return drawChart(`Reliability of the judge in ${bins.length} bins of equal size`, frame, `${diagonal}${line}${dots.join('')}`);
}
