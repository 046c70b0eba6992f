import { costQualityHull } from '../metric/aiq.ts';
import { chartSize, createScale, drawChart, place } from './chart.ts';
import { dollars, escapeHtml, percent } from './escape.ts';
import type { PlottedPolicy } from './report-data.ts';

/** Cost against quality: the deferral curve as a line, single models and the policy as named points, the hull that no mix beats. */
export function drawCostQuality(curve: readonly { readonly cost: number; readonly quality: number }[], policies: readonly PlottedPolicy[]): string {
  const { width, height, left, right, top, bottom } = chartSize;
  const all = [...curve, ...policies];
  const x = createScale([0, ...all.map((point) => point.cost * 1000)], left, width - right);
  const y = createScale(all.map((point) => point.quality), height - bottom, top);
  const at = (point: { readonly cost: number; readonly quality: number }) => `${place(x(point.cost * 1000))},${place(y(point.quality))}`;
  const line = (points: readonly { readonly cost: number; readonly quality: number }[], name: string) =>
    points.length < 2 ? '' : `<polyline class="${name}" points="${points.map(at).join(' ')}"/>`;
  const marks = policies.map((policy) => {
    const px = x(policy.cost * 1000);
    const isRight = px > (left + width - right) / 2;
    const label = `<text class="label" x="${place(px + (isRight ? -8 : 8))}" y="${place(y(policy.quality) + 4)}" text-anchor="${isRight ? 'end' : 'start'}">${escapeHtml(policy.label)}</text>`;
    return `<circle class="${policy.chosen ? 'chosen' : 'point'}" cx="${place(px)}" cy="${place(y(policy.quality))}" r="${policy.chosen ? 6 : 4.5}"><title>${escapeHtml(`${policy.label}: quality ${percent(policy.quality)}, ${dollars(policy.cost * 1000)} per 1,000 questions`)}</title></circle>${label}`;
  });
  const description = `Mean quality against cost per 1,000 questions, for ${policies.map((policy) => policy.label).join(', ')}`;
  const frame = { x, y, xTitle: 'USD per 1,000 questions', yTitle: 'mean quality', xLabel: short, yLabel: (value: number) => percent(value, 0) };
  return drawChart(description, frame, `${line(costQualityHull(all), 'hull')}${line(curve, 'curve')}${marks.join('')}`);
}

function short(value: number): string {
  return `$${Number(value.toPrecision(3))}`;
}
