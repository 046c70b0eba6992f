import { expect, test } from 'vitest';
import { foreignDependencies, readSnippet } from './readme-snippet.ts';

test('the first fence of TypeScript is the snippet, with the packages it imports', () => {
  const readme = ['# X', '```sh', 'npm install x', '```', '```ts', "import { a } from '@cascadeflow/core/sub';", "import b from 'openai';", "import 'node:fs';", 'a(b);', '```', '```ts', 'other();', '```'].join('\n');
  const snippet = readSnippet(readme);
  expect(snippet).toMatchObject({ imports: ['@cascadeflow/core', 'openai'] });
  expect(typeof snippet === 'object' && snippet.code).toContain('a(b);');
});

test('a README without one says why, or fails', () => {
  expect(readSnippet('# X\n\n<!-- no snippet: runs inside n8n -->')).toBe('runs inside n8n');
  expect(() => readSnippet('# X\n\n```sh\nnpm install x\n```')).toThrow('has no runnable snippet');
});

test('what snippets import of others is installed in the version that was tested', () => {
  const core = { folder: 'packages/core', short: 'core', manifest: { name: '@cascadeflow/core', devDependencies: { openai: '^7.0.0' } } };
  expect(foreignDependencies([core], ['@cascadeflow/core', 'openai'])).toEqual({ openai: '^7.0.0' });
  expect(() => foreignDependencies([core], ['left-pad'])).toThrow('left-pad, which no package of the workspace knows');
});
