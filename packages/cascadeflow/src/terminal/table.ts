import stringWidth from 'string-width';

/** One column of a table. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Takes what space is left, and is cut where there is not enough. One column has it. */
  readonly flexible?: boolean;
}

const gap = '  ';
/** Below this a flexible column says nothing any more. */
const narrowest = 12;

/** Lays rows out in columns that fit into `width`, wide characters counted as two. Cells may be coloured, except in the flexible column. */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[], width: number): string {
  const widths = columns.map((column, index) => Math.max(stringWidth(column.title), ...rows.map((row) => stringWidth(row[index] ?? ''))));
  const flexible = columns.findIndex((column) => column.flexible === true);
  if (flexible !== -1) {
    const others = widths.reduce((sum, one, index) => sum + (index === flexible ? 0 : one + gap.length), 0);
    widths[flexible] = Math.min(widths[flexible]!, Math.max(narrowest, width - others));
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const room = widths[index]!;
        const cell = index === flexible ? truncate(cells[index] ?? '', room) : (cells[index] ?? '');
        const padding = ' '.repeat(Math.max(0, room - stringWidth(cell)));
        return column.align === 'right' ? padding + cell : cell + padding;
      })
      .join(gap)
      .trimEnd();
  const rule = widths.map((one) => '-'.repeat(one)).join(gap);
  return [line(columns.map((column) => column.title)), rule, ...rows.map(line)].join('\n');
}

/** Cuts a text to a width on the screen, line breaks made spaces; an ellipsis says that there was more. */
export function truncate(text: string, width: number): string {
  const flat = text.replace(/\s+/gu, ' ').trim();
  if (stringWidth(flat) <= width) return flat;
  let kept = '';
  let used = 1;
  for (const { segment } of new Intl.Segmenter().segment(flat)) {
    used += stringWidth(segment);
    if (used > width) break;
    kept += segment;
  }
  return `${kept}…`;
}
