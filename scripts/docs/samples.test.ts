import { expect, test } from 'vitest';
import { readRegion } from './regions.ts';
import { fillSamples } from './samples.ts';

const source = ['export function greet() {', '  // #region hello', '  const name = 1;', '  // #region inner', '', '  return name;', '  // #endregion inner', '  // #endregion hello', '}'].join('\n');
const read = (path: string) => (path === 'docs/a.ts' ? source : undefined);
const page = (code: string, path = 'docs/a.ts#hello') => `# Page\n\n<!-- code: ${path} -->\n\`\`\`ts\n${code}\n\`\`\`\n`;

test('a region is given without its marks and indentation', () => {
  expect(readRegion(source, 'hello')).toBe('const name = 1;\n\nreturn name;');
  expect(readRegion(source, 'inner')).toBe('return name;');
  expect(() => readRegion(source, 'gone')).toThrow('region gone must be opened once and closed once');
});

test('a fence is filled from the file it names, and a filled page stays as it is', () => {
  const { text, problems } = fillSamples(page('old'), read);
  expect(text).toBe(page('const name = 1;\n\nreturn name;'));
  expect(problems).toEqual([]);
  expect(fillSamples(text, read).text).toBe(text);
});

test('missing files, missing regions and code that nothing compiles are told', () => {
  expect(fillSamples(page('old', 'docs/b.ts#x'), read).problems).toEqual(['docs/b.ts#x: there is no such file']);
  expect(fillSamples(page('old', 'docs/a.ts#x'), read).problems).toEqual(['docs/a.ts#x: region x must be opened once and closed once']);
  expect(fillSamples('```ts\nlet a;\n```\n', read).problems).toEqual(['1 of 1 code fences have no `<!-- code: file#region -->` before them']);
  expect(fillSamples('```ts\nlet a;\n```\n', read, { strict: false }).problems).toEqual([]);
});
