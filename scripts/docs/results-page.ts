import { formatValue, type ResultFigure, type ResultsFile, type ResultTarget } from './results-file.ts';

/** What a reader must know of a benchmark to judge its figures. */
export interface About {
  readonly title: string;
  readonly text: string;
}

const intro = `# Results

Every figure on this page comes from a file in \`docs/results\`, which the command beside it wrote; \`pnpm check\` fails when the page and a file differ.
To renew one: run its command, then \`pnpm docs:results\`. The recorded answers are not part of the repository: \`--data\` says where they are.

Targets that are missed are shown as missed. Intervals are 95%, by bootstrap over questions. Times are those of the machine that is named; on another
machine, or a busy one, they differ.
`;

/** The page of all results. A benchmark that nobody describes is shown by its name. */
export function renderResults(files: readonly ResultsFile[], about: { readonly [bench: string]: About }): string {
  return `${[intro, ...files.map((file) => renderFile(file, about[file.bench]))].join('\n')}`;
}

function renderFile(file: ResultsFile, about: About | undefined): string {
  const { bench, command, date, machine, figures, targets, notes } = file;
  const held = targets.filter((target) => target.held).length;
  return [
    `## ${about?.title ?? bench}\n`,
    ...(about ? [`${about.text}\n`] : []),
    `    ${command}\n`,
    `${date}, Node ${machine.node}, ${machine.cpu}, ${machine.cores} cores. ${held} of ${targets.length} targets held.\n`,
    `![Figures of ${bench} with their intervals](../results/${bench}.svg)\n`,
    ...(targets.length > 0 ? [table(['target', 'measured', 'n', 'to hold', ''], targets.map(targetRow))] : []),
    ...(figures.length > 0 ? [table(['figure', 'measured', 'n'], figures.map((figure) => [figure.name, measured(figure), count(figure)]))] : []),
    ...(notes.length > 0 ? [`What the run said, line by line:\n\n\`\`\`text\n${notes.join('\n')}\n\`\`\`\n`] : []),
  ].join('\n');
}

function targetRow(target: ResultTarget): string[] {
  const { bound, unit, held } = target;
  const hold = 'atMost' in bound ? `at most ${formatValue({ value: bound.atMost, ...(unit !== undefined && { unit }) })}` : `at least ${formatValue({ value: bound.atLeast, ...(unit !== undefined && { unit }) })}`;
  return [target.name, measured(target), count(target), hold, held ? 'held' : '**missed**'];
}

function measured(figure: ResultFigure): string {
  const range = figure.interval ? ` [${figure.interval.map((value) => formatValue({ value })).join(', ')}]` : '';
  return `${formatValue(figure)}${range}`;
}

const count = ({ n }: ResultFigure): string => (n === undefined ? '' : String(n));

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`;
}
