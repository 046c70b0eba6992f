import { expect, test } from 'vitest';
import { drawResults } from './results-chart.ts';
import { parseResults, type ResultsFile } from './results-file.ts';
import { renderResults } from './results-page.ts';

const file: ResultsFile = {
  bench: 'quality',
  command: 'pnpm bench quality --out docs/results/quality.json',
  date: '2026-01-02',
  machine: { node: 'v24.0.0', cpu: 'Some <CPU>', cores: 2 },
  figures: [{ name: 'saved | mean', value: 57.48321, unit: '%', n: 5 }],
  targets: [
    { name: 'kept', value: 99.8, unit: '%', n: 5, interval: [99.1, 100.4], bound: { atLeast: 99.5 }, held: true },
    { name: 'p50', value: 0.2, unit: 'ms', bound: { atMost: 0.1 }, held: false },
  ],
  notes: ['set a: n 100'],
};

test('a page names command, machine, date, n and interval of every figure', () => {
  const page = renderResults([file], { quality: { title: 'Judging', text: 'About it.' } });
  expect(page).toContain('## Judging\n\nAbout it.\n\n    pnpm bench quality --out docs/results/quality.json');
  expect(page).toContain('2026-01-02, Node v24.0.0, Some <CPU>, 2 cores. 1 of 2 targets held.');
  expect(page).toContain('| kept | 99.8% [99.1, 100.4] | 5 | at least 99.5% | held |');
  expect(page).toContain('| p50 | 0.2 ms |  | at most 0.1 ms | **missed** |');
  expect(page).toContain('| saved \\| mean | 57.48% | 5 |');
});

test('another figure is another page and another chart', () => {
  const changed = { ...file, figures: [{ ...file.figures[0]!, value: 58 }] };
  expect(renderResults([changed], {})).not.toBe(renderResults([file], {}));
  expect(drawResults(changed)).not.toBe(drawResults(file));
});

test('a figure without its command is none', () => {
  const { command: _, ...rest } = file;
  expect(() => parseResults('x.json', JSON.stringify(rest))).toThrow('x.json has no command');
  expect(parseResults('x.json', JSON.stringify(file))).toEqual(file);
});
