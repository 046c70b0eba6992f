import type { RunSummary } from '@cascadeflow/gateway';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { axisOf, bars, Chart, type Palette } from './chart.tsx';
import { toCount, toMany, toMoney, toPercent, toStretch, toSum, toTick } from './format.ts';

/** What was spent over time, and what the last model alone would have cost more. */
export function MoneyChart({ sums }: { readonly sums: RunSummary }) {
  const { since, until, step } = sums;
  const points = useMemo(() => {
    const known = new Map(sums.line.map((point) => [point.at, point]));
    const first = Math.floor(since / step) * step;
    return Array.from({ length: Math.floor((until - first) / step) + 1 }, (_, index) => ({ at: first + index * step, ...known.get(first + index * step) }));
  }, [sums]);
  const data = useMemo<uPlot.AlignedData>(() => [
    // The middle of the stretch, so that its bar stands over it.
    points.map(({ at }) => (at + step / 2) / 1000),
    points.map(({ cost = 0, saved = 0 }) => cost + Math.max(0, saved)),
    points.map(({ cost = 0 }) => cost),
  ], [points]);
  const shown = points.filter((point) => point.count !== undefined);
  const words = ({ count = 0, cost = 0, saved = 0, unpriced = 0, unsaved = 0, failed = 0 }: (typeof points)[number]) =>
    [toMany(count, 'run'), `spent ${toSum(cost, unpriced, count)}`, `saved ${toSum(saved, unsaved, count - failed)}`];
  return (
    <Chart
      title="Savings over time" class="money" shape={`${step} ${since}`} data={data}
      label={`Bars over time: spent ${toMoney(sums.cost)}, saved ${toMoney(sums.saved)} in ${toMany(sums.count, 'run')}.`}
      about={sums.baseline > 0
        ? `Where prices are known, the last model alone would have cost ${toMoney(sums.baseline)}; ${toPercent(sums.saved, sums.baseline)} of that was saved.`
        : 'Spent, and what the last model alone would have cost more.'}
      build={(palette) => optionsOf(palette, step, since, until)}
      describe={(index) => {
        const point = points[index];
        return point ? `${toStretch(point.at, step)}: ${words(point).join(', ')}` : '';
      }}
      legend={[['accent', 'spent'], ['good', 'saved']]}
      table={{
        head: ['Time', 'Runs', 'Spent', 'Saved', 'Failed'],
        rows: shown.map((point) => [toStretch(point.at, step), toCount(point.count ?? 0), ...words(point).slice(1).map((text) => text.replace(/^\w+ /, '')), toCount(point.failed ?? 0)]),
      }}
    />
  );
}

function optionsOf(palette: Palette, step: number, since: number, until: number): Omit<uPlot.Options, 'width' | 'height'> {
  const bar = (colour: string): uPlot.Series => ({ fill: palette[colour] ?? '', stroke: palette[colour] ?? '', width: 0, points: { show: false }, ...(bars && { paths: bars }) });
  return {
    series: [{}, bar('good'), bar('accent')],
    scales: { x: { time: true, range: () => [since / 1000, (Math.ceil(until / step) * step) / 1000] }, y: { range: (_, __, max) => [0, max > 0 ? max * 1.08 : 1] } },
    axes: [
      axisOf(palette, { grid: { show: false }, space: 64, values: (_, splits) => splits.map((at) => toTick(at * 1000, step)) }),
      axisOf(palette, { size: 76, values: (_, splits) => splits.map((value) => toMoney(value)) }),
    ],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
  };
}
