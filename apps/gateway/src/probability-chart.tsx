import type { RunSummary } from '@cascadeflow/gateway';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { axisOf, bars as barPaths, Chart, type Palette } from './chart.tsx';
import { toCount, toMany } from './format.ts';

/** How many first drafts were given which probability, and what became of them. */
export function ProbabilityChart({ bars }: { readonly bars: RunSummary['probabilities'] }) {
  const data = useMemo<uPlot.AlignedData>(() => [bars.map(({ from, to }) => (from + to) / 2), bars.map(({ count }) => count), bars.map(({ accepted }) => accepted)], [bars]);
  const drafts = bars.reduce((sum, { count }) => sum + count, 0);
  const accepted = bars.reduce((sum, bar) => sum + bar.accepted, 0);
  const place = ({ from, to }: (typeof bars)[number]) => `${from.toFixed(2)} to ${to.toFixed(2)}`;
  return (
    <Chart
      title="Probability of first drafts" shape="" data={data} build={optionsOf}
      label={`Histogram of ${toMany(drafts, 'first draft')} by the probability the judge gave them; ${toCount(accepted)} were accepted.`}
      about="What the judge gave them, and whether they were accepted."
      describe={(index) => {
        const bar = bars[index];
        return bar ? `${place(bar)}: ${toMany(bar.count, 'draft')}, ${toCount(bar.accepted)} accepted` : '';
      }}
      legend={[['accent', 'accepted'], ['warn', 'turned down']]}
      table={{ head: ['Probability', 'Drafts', 'Accepted'], rows: bars.filter(({ count }) => count > 0).map((bar) => [place(bar), toCount(bar.count), toCount(bar.accepted)]) }}
    />
  );
}

function optionsOf(palette: Palette): Omit<uPlot.Options, 'width' | 'height'> {
  const bar = (colour: string): uPlot.Series => ({ fill: palette[colour] ?? '', stroke: palette[colour] ?? '', width: 0, points: { show: false }, ...(barPaths && { paths: barPaths }) });
  return {
    series: [{}, bar('warn'), bar('accent')],
    scales: { x: { time: false, range: () => [0, 1] }, y: { range: (_, __, max) => [0, Math.max(4, max * 1.08)] } },
    axes: [axisOf(palette, { grid: { show: false }, values: (_, splits) => splits.map((value) => value.toFixed(1)) }), axisOf(palette, { size: 52, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 5e4, 1e5, 5e5, 1e6] })],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
  };
}
