/** What a target promises, in the unit of what was measured. */
export type Bound = { atMost: number } | { atLeast: number };

/** A measured figure, with what a reader must know to judge it. */
export interface Figure {
  name: string;
  value: number;
  /** `ms`, `%`, `kB`; absent for plain ratios and counts. */
  unit?: string;
  /** Questions, runs or pairs behind the figure. */
  n?: number;
  /** 95% interval. */
  interval?: readonly [low: number, high: number];
}

/** A target and whether the measured value holds it. */
export interface Target extends Figure {
  bound: Bound;
  held: boolean;
}

/** Collects what one benchmark run says, and prints it as it comes. */
export interface Report {
  readonly figures: readonly Figure[];
  readonly targets: readonly Target[];
  /** Prints a line that is not a figure: a heading, a table row, a warning. */
  note(text: string): void;
  /** Prints and keeps a figure. */
  figure(figure: Figure): void;
  /** Keeps a target; held and missed ones are printed together at the end of the run. */
  target(name: string, measured: number, bound: Bound, about?: Omit<Figure, 'name' | 'value'>): void;
}

/** Four significant digits, without an exponent for everyday sizes. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value) || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}

function formatFigure({ name, value, unit, n, interval }: Figure): string {
  const suffix = unit === undefined ? '' : unit === '%' ? '%' : ` ${unit}`;
  const range = interval ? ` [${interval.map(formatNumber).join(', ')}]` : '';
  return `${name}: ${formatNumber(value)}${suffix}${range}${n === undefined ? '' : ` (n = ${n})`}`;
}

/** One line that says whether a target is held: `held    p50: 0.05 ms, at most 0.08`. */
export function formatTarget(target: Target): string {
  const bound = 'atMost' in target.bound ? `at most ${formatNumber(target.bound.atMost)}` : `at least ${formatNumber(target.bound.atLeast)}`;
  return `${target.held ? 'held  ' : 'MISSED'} ${formatFigure(target)}, ${bound}`;
}

/** An empty report. A measured value that is not a number misses its target. */
export function createReport(print: (line: string) => void): Report {
  const figures: Figure[] = [];
  const targets: Target[] = [];
  return {
    figures,
    targets,
    note: print,
    figure(figure) {
      figures.push(figure);
      print(formatFigure(figure));
    },
    target(name, measured, bound, about = {}) {
      const held = 'atMost' in bound ? measured <= bound.atMost : measured >= bound.atLeast;
      targets.push({ ...about, name, value: measured, bound, held });
    },
  };
}
