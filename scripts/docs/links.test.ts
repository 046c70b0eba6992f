import { expect, test } from 'vitest';
import { findAnchors, findBrokenLinks, findLinks } from './links.ts';

const files: Record<string, string> = { 'docs/guide/tools.md': '# Tools\n\n## Structured answers\n', 'docs/guide': '', LICENSE: '' };
const broken = (page: string) => findBrokenLinks('docs/guide/page.md', page, (path) => files[path]);

test('links are found, in code they are none', () => {
  expect(findLinks('[a](./a.md) ![b](b.svg "B") `[c](d)`\n```ts\n[e](f)\n```\n')).toEqual(['./a.md', 'b.svg']);
});

test('anchors are made of headings', () => {
  expect([...findAnchors('# What it *cannot* do\n## `hold` (default)\n## Twice\n## Twice\n')]).toEqual(['what-it-cannot-do', 'hold-default', 'twice', 'twice-1']);
});

test('a link to a file or heading that is not there is told', () => {
  expect(broken('[a](./tools.md#structured-answers) [b](../../LICENSE) [c](https://example.com/x) [d](#here)\n\n# Here')).toEqual([]);
  expect(broken('[a](./tool.md) [b](./tools.md#objects) [c](#there)')).toEqual([
    'docs/guide/page.md: ./tool.md leads to no file',
    'docs/guide/page.md: ./tools.md#objects leads to no heading',
    'docs/guide/page.md: #there leads to no heading',
  ]);
});
