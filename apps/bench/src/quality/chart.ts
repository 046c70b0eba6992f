/** One point of the chart. */
export interface ChartPoint {
  readonly series: string;
  readonly label: string;
  /** Percent saved. */
  readonly saved: number;
  /** Percent of the verifier's quality kept. */
  readonly kept: number;
}

const colours = ['#1b6ca8', '#b3541e', '#3a7d44', '#7a3e9d', '#666666'];
const frame = { left: 60, right: 20, top: 40, bottom: 50, width: 760, height: 460 };

/** An SVG chart of saved money against kept quality. */
export function drawChart(title: string, points: readonly ChartPoint[]): string {
  const series = [...new Set(points.map((point) => point.series))];
  const [x0, x1] = [Math.min(-10, ...points.map((point) => point.saved)), 100];
  const [y0, y1] = [Math.min(96, ...points.map((point) => point.kept)) - 0.5, Math.max(101, ...points.map((point) => point.kept)) + 0.5];
  const x = (value: number) => frame.left + ((value - x0) / (x1 - x0)) * (frame.width - frame.left - frame.right);
  const y = (value: number) => frame.height - frame.bottom - ((value - y0) / (y1 - y0)) * (frame.height - frame.top - frame.bottom);
  const text = (at: readonly [number, number], content: string, more = '') => `<text x="${at[0].toFixed(1)}" y="${at[1].toFixed(1)}" ${more}>${content}</text>`;
  const line = (from: readonly [number, number], to: readonly [number, number], colour: string) =>
    `<line x1="${from[0].toFixed(1)}" y1="${from[1].toFixed(1)}" x2="${to[0].toFixed(1)}" y2="${to[1].toFixed(1)}" stroke="${colour}"/>`;
  const ticks = (from: number, to: number, step: number) => Array.from({ length: Math.floor((to - Math.ceil(from / step) * step) / step) + 1 }, (_, index) => Math.ceil(from / step) * step + index * step);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" font-family="sans-serif" font-size="12">`,
    `<rect width="100%" height="100%" fill="white"/>`,
    text([frame.left, 22], title, 'font-size="15"'),
    ...ticks(x0, x1, 20).map((value) => line([x(value), frame.top], [x(value), frame.height - frame.bottom], '#eee') + text([x(value), frame.height - frame.bottom + 18], `${value}%`, 'text-anchor="middle"')),
    ...ticks(y0, y1, 1).map((value) => line([frame.left, y(value)], [frame.width - frame.right, y(value)], value === 100 ? '#999' : '#eee') + text([frame.left - 8, y(value) + 4], `${value}%`, 'text-anchor="end"')),
    text([frame.width / 2, frame.height - 10], 'saved, all calls billed', 'text-anchor="middle"'),
    text([14, frame.height / 2], 'kept of the verifier’s quality', `text-anchor="middle" transform="rotate(-90 14 ${frame.height / 2})"`),
    ...points.map((point) => {
      const colour = colours[series.indexOf(point.series) % colours.length];
      return `<circle cx="${x(point.saved).toFixed(1)}" cy="${y(point.kept).toFixed(1)}" r="4" fill="${colour}"><title>${point.series}: ${point.label}</title></circle>`;
    }),
    ...series.map((name, index) => `<circle cx="${frame.width - 190}" cy="${frame.top + 14 + index * 18}" r="4" fill="${colours[index % colours.length]}"/>` + text([frame.width - 180, frame.top + 18 + index * 18], name)),
    '</svg>',
  ].join('\n');
}
