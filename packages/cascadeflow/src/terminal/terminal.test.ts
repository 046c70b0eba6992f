import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { testIo } from '../command-line/io-doubles.ts';
import { formatMoney, formatPercent, formatTime } from './figures.ts';
import { progressLine } from './progress-line.ts';
import { renderTable, truncate } from './table.ts';

describe('figures', () => {
  it('shows money with as many digits as it needs', () => {
    expect([0, 1.204, 0.05, 0.0001234, -0.02, undefined].map(formatMoney)).toEqual(['$0', '$1.20', '$0.0500', '$0.000123', '-$0.0200', 'unknown']);
  });
  it('shows times and shares', () => {
    expect([3.4, 1234, 125_000].map(formatTime)).toEqual(['3 ms', '1.2 s', '2 min 5 s']);
    expect([61.6, undefined].map(formatPercent)).toEqual(['62%', 'unknown']);
  });
});

describe('renderTable', () => {
  const columns = [{ title: '#', align: 'right' as const }, { title: 'question', flexible: true }, { title: 'cost', align: 'right' as const }];
  const rows = [['1', 'What is the capital\nof Australia, and how many people live there?', '$0.1'], ['10', '日本で一番高い山は何ですか。高さも教えてください。', '$10']];

  it('fits a width and cuts the flexible column, wide characters counted twice', () => {
    const lines = renderTable(columns, rows, 40).split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(40);
    expect(lines[2]).toBe(' 1  What is the capital of Austra…  $0.1');
    expect(lines[3]).toMatch(/^10  日本で一番高い山は何ですか。…\s+\$10$/);
  });

  it('takes no more room than it needs, and stays readable where there is none', () => {
    expect(renderTable(columns, [['1', 'Hi', '$1']], 200).split('\n')).toEqual([' #  question  cost', '-  --------  ----', '1  Hi          $1'].map((line) => line.replace(/^ #/, '#')));
    expect(renderTable(columns, rows, 10).split('\n')[2]).toContain('What is the…');
  });

  it('never cuts inside a character', () => {
    expect(truncate('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5)).toBe('👩‍👩‍👧👩‍👩‍👧…');
  });
});

describe('progressLine', () => {
  it('writes over itself on a terminal and keeps silent elsewhere', () => {
    const terminal = testIo({ terminal: true, columns: 12 });
    const line = progressLine(terminal.err);
    line.show('a text that is too long');
    line.clear();
    expect(terminal.written.err).toBe('\r\u001b[2Ka text tha…\r\u001b[2K');
    const file = testIo();
    progressLine(file.err).show('text');
    expect(file.written.err).toBe('');
  });
});
