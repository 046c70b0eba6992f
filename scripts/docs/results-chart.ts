import { formatValue, type ResultFigure, type ResultsFile } from './results-file.ts';

const row = { height: 22, label: 470, width: 330, value: 120 } as const;

/** Shares and percentages of a benchmark as dots on a line from 0 to 100%, with their intervals; an empty chart says there are none. */
export function drawResults({ bench, figures, targets }: ResultsFile): string {
  const shares = [...targets, ...figures].flatMap((figure) => {
    const scale = figure.unit === '%' ? 100 : figure.unit === undefined && figure.value >= 0 && figure.value <= 1 ? 1 : undefined;
    return scale === undefined ? [] : [{ figure, scale }];
  });
  const height = 40 + Math.max(1, shares.length) * row.height;
  const width = row.label + row.width + row.value;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="12" role="img" aria-label="Figures of ${escape(bench)}">`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    ...[0, 25, 50, 75, 100].map((percent) => grid(percent, height)),
    ...(shares.length === 0 ? [`<text x="10" y="50" fill="#1f2328">No figure of this benchmark is a share.</text>`] : []),
    ...shares.map(({ figure, scale }, index) => drawRow(figure, scale, 40 + index * row.height)),
    '</svg>',
  ].join('\n')}\n`;
}

/** Values outside are held to the edge; their figure stands beside them. */
const x = (value: number, scale: number): number => row.label + Math.min(1, Math.max(0, value / scale)) * row.width;

function grid(percent: number, height: number): string {
  const at = x(percent, 100);
  return `<line x1="${at}" y1="24" x2="${at}" y2="${height - 8}" stroke="#d8dee4"/><text x="${at}" y="16" text-anchor="middle" fill="#59636e">${percent}%</text>`;
}

function drawRow(figure: ResultFigure, scale: number, top: number): string {
  const middle = top + row.height / 2;
  const [low, high] = figure.interval ?? [figure.value, figure.value];
  return [
    `<text x="${row.label - 10}" y="${middle + 4}" text-anchor="end" fill="#1f2328">${escape(figure.name.length > 72 ? `${figure.name.slice(0, 71)}…` : figure.name)}</text>`,
    `<line x1="${x(low, scale).toFixed(1)}" y1="${middle}" x2="${x(high, scale).toFixed(1)}" y2="${middle}" stroke="#0b57a4" stroke-width="3"/>`,
    `<circle cx="${x(figure.value, scale).toFixed(1)}" cy="${middle}" r="4" fill="#0b57a4"/>`,
    `<text x="${row.label + row.width + 10}" y="${middle + 4}" fill="#1f2328">${escape(formatValue(figure))}</text>`,
  ].join('');
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
