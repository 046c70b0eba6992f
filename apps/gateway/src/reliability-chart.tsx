import type { RunSummary } from '@cascadeflow/gateway';
import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import { axisOf, Chart, type Palette } from './chart.tsx';
import { toCount, toMany, toPercent } from './format.ts';

type Bar = RunSummary['probabilities'][number];

/** Normal quantile of a two-sided interval of 95 percent. */
const z = 1.96;

/** Whether drafts of probability 0.8 are good eight times in ten, as far as somebody has said which were good. */
export function ReliabilityChart({ bars }: { readonly bars: readonly Bar[] }) {
  const told = useMemo(() => bars.filter(({ labelled }) => labelled > 0), [bars]);
  const data = useMemo<uPlot.AlignedData>(() => {
    const points = [...told.map((bar) => ({ x: middle(bar), good: bar.good / bar.labelled, interval: wilson(bar) })), { x: 0, good: null, interval: [null, null] }, { x: 1, good: null, interval: [null, null] }];
    points.sort((a, b) => a.x - b.x);
    return [points.map(({ x }) => x), points.map(({ x, good }) => (good === null ? x : null)), points.map(({ good }) => good), points.map(({ interval }) => interval[0] ?? null), points.map(({ interval }) => interval[1] ?? null)];
  }, [told]);
  const labelled = told.reduce((sum, bar) => sum + bar.labelled, 0);
  if (labelled === 0) {
    return (
      <section class="card">
        <h2>Reliability</h2>
        <p class="none">
          Whether the probabilities hold is not known: no accepted draft has a label yet. Open a run below and say whether its answer was good, or let your application do it:
        </p>
        <pre tabIndex={0} role="region" aria-label="How to label a run"><code>{'POST /admin/runs/RUN_ID/label\n{ "good": true }'}</code></pre>
        <p class="none">The id of a run is in the response header <code>x-cascade-run-id</code>.</p>
      </section>
    );
  }
  return (
    <Chart
      title="Reliability" shape="" data={data} build={optionsOf}
      label={`Share of good answers against the probability given, of ${toMany(labelled, 'labelled run')}.`}
      about={`Of ${toMany(labelled, 'accepted draft')} with a label: on the line, a probability is the share that was good. Whiskers are 95% intervals.`}
      describe={(index) => {
        const bar = told.find((one) => middle(one) === data[0][index]);
        return bar ? `${middle(bar).toFixed(2)}: ${toCount(bar.good)} of ${toCount(bar.labelled)} good` : '';
      }}
      legend={[['accent', 'share of good answers'], ['muted', 'as promised']]}
      table={{ head: ['Probability', 'Labelled', 'Good', 'Share'], rows: told.map((bar) => [`${bar.from.toFixed(2)} to ${bar.to.toFixed(2)}`, toCount(bar.labelled), toCount(bar.good), toPercent(bar.good, bar.labelled)]) }}
    />
  );
}

function middle({ from, to }: Bar): number {
  return (from + to) / 2;
}

/** Wilson's interval of a share. */
function wilson({ good, labelled: n }: Bar): [number, number] {
  const share = good / n;
  const centre = share + (z * z) / (2 * n);
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const whole = 1 + (z * z) / n;
  return [(centre - spread) / whole, (centre + spread) / whole];
}

function optionsOf(palette: Palette): Omit<uPlot.Options, 'width' | 'height'> {
  const accent = palette['accent'] ?? '';
  const hidden: uPlot.Series = { show: true, width: 0, points: { show: false } };
  const decimals = (_: uPlot, splits: number[]) => splits.map((value) => value.toFixed(1));
  return {
    series: [{}, { stroke: palette['muted'] ?? '', width: 1, dash: [4, 4], spanGaps: true, points: { show: false } }, { stroke: accent, width: 0, points: { show: true, size: 9, fill: accent, stroke: accent } }, hidden, hidden],
    scales: { x: { time: false, range: () => [0, 1] }, y: { range: () => [0, 1.02] } },
    axes: [axisOf(palette, { grid: { show: false }, values: decimals }), axisOf(palette, { size: 44, values: decimals })],
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    hooks: { draw: [(chart) => drawWhiskers(chart, accent)] },
  };
}

function drawWhiskers(chart: uPlot, colour: string): void {
  const { ctx, data } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  data[0].forEach((x, index) => {
    const [low, high] = [data[3]?.[index], data[4]?.[index]];
    if (low == null || high == null) return;
    const at = chart.valToPos(x, 'x', true);
    ctx.beginPath();
    ctx.moveTo(at, chart.valToPos(low, 'y', true));
    ctx.lineTo(at, chart.valToPos(high, 'y', true));
    ctx.stroke();
  });
  ctx.restore();
}
