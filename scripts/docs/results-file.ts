/** A figure as a benchmark writes it with `--out`. */
export interface ResultFigure {
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly n?: number;
  readonly interval?: readonly [low: number, high: number];
}

/** A figure with what it was to hold. */
export interface ResultTarget extends ResultFigure {
  readonly bound: { readonly atMost: number } | { readonly atLeast: number };
  readonly held: boolean;
}

/** What `pnpm bench NAME --out FILE` writes. */
export interface ResultsFile {
  readonly bench: string;
  readonly command: string;
  readonly date: string;
  readonly machine: { readonly node: string; readonly cpu: string; readonly cores: number };
  readonly figures: readonly ResultFigure[];
  readonly targets: readonly ResultTarget[];
  readonly notes: readonly string[];
}

/** Reads a results file. @throws Error naming what is missing: a figure without its command is none. */
export function parseResults(name: string, text: string): ResultsFile {
  const file = JSON.parse(text) as Partial<ResultsFile>;
  for (const field of ['bench', 'command', 'date', 'machine', 'figures', 'targets', 'notes'] as const) {
    if (file[field] === undefined) throw new Error(`${name} has no ${field}; write it with \`pnpm bench NAME --out docs/results/NAME.json\``);
  }
  return file as ResultsFile;
}

/** Four significant digits with the unit. */
export function formatValue({ value, unit }: Pick<ResultFigure, 'value' | 'unit'>): string {
  const text = Number.isInteger(value) ? String(value) : Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
  return unit === undefined ? text : unit === '%' ? `${text}%` : `${text} ${unit}`;
}
