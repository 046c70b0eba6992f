import { describe, expect, test } from 'vitest';
import { readSource } from './read-source.ts';
import { findOffenders, MAX_LINES, type PackageFacts } from './rules.ts';

/** A made-up package: its manifest's dependencies and its files. */
function made(folder: string, { uses = [], tests = [], files = {} }: { uses?: string[]; tests?: string[]; files?: Record<string, string> } = {}): PackageFacts {
  const short = folder.slice(folder.lastIndexOf('/') + 1);
  const versions = (names: string[]) => Object.fromEntries(names.map((name) => [name, 'workspace:*']));
  return {
    folder,
    short,
    manifest: { name: `@cascadeflow/${short}`, dependencies: versions(uses), devDependencies: versions(tests) },
    files: Object.entries(files).map(([name, text]) => readSource(`${folder}/src/${name}`, text)),
  };
}

const contract = made('packages/contract', { files: { 'index.ts': 'export interface Model {}' } });
const quality = made('packages/quality', { uses: ['@cascadeflow/contract'] });
const offendersOf = (...packages: PackageFacts[]) => findOffenders([contract, quality, ...packages]);

describe('arrows', () => {
  test('straight arrows pass, core drawing its defaults included', () => {
    const core = made('packages/core', {
      uses: ['@cascadeflow/contract', '@cascadeflow/quality'],
      files: { 'agent.ts': `import type { Model } from '@cascadeflow/contract';`, 'defaults.ts': `import { judge } from '@cascadeflow/quality';` },
    });
    expect(offendersOf(core)).toEqual([]);
  });

  test('a manifest that bends an arrow is found without any import', () => {
    expect(offendersOf(made('packages/routing', { uses: ['@cascadeflow/quality'] }))).toEqual(['packages/routing/package.json: routing may not depend on quality']);
  });

  test.each([
    ['static', `import { judge } from '@cascadeflow/quality';`],
    ['type', `import type { Judge } from '@cascadeflow/quality';`],
    ['re-export', `export { judge } from '@cascadeflow/quality';`],
    ['dynamic', `const { judge } = await import('@cascadeflow/quality');`],
    ['import type', `export type Judge = import('@cascadeflow/quality').Judge;`],
  ])('a bent %s import is found', (_, line) => {
    expect(offendersOf(made('packages/providers-openai', { uses: ['@cascadeflow/contract'], files: { 'openai.ts': line } }))).toEqual([
      'packages/providers-openai/src/openai.ts: imports @cascadeflow/quality, which packages/providers-openai/package.json does not declare for it',
      'packages/providers-openai/src/openai.ts: providers-openai may not depend on quality',
    ]);
  });

  test('core may meet quality in defaults.ts alone', () => {
    const core = made('packages/core', { uses: ['@cascadeflow/quality'], files: { 'agent.ts': `import { judge } from '@cascadeflow/quality';` } });
    expect(offendersOf(core)).toEqual(['packages/core/src/agent.ts: only packages/core/src/defaults.ts may import quality']);
  });

  test('a package the map does not know is refused', () => {
    expect(offendersOf(made('packages/novelty'))).toEqual(['packages/novelty: has no place in scripts/architecture/arrows.ts']);
  });

  test('tests may use anything of ours that is a development dependency', () => {
    const line = `import { judge } from '@cascadeflow/quality';`;
    expect(offendersOf(made('packages/semantic', { tests: ['@cascadeflow/quality'], files: { 'embed.test.ts': line } }))).toEqual([]);
    expect(offendersOf(made('packages/semantic', { files: { 'embed.test.ts': line } }))).toHaveLength(1);
  });

  test('nothing reaches round the exports of another package', () => {
    const relative = made('packages/semantic', { files: { 'embed.ts': `import '../../quality/src/judge.ts';` } });
    expect(offendersOf(relative)).toEqual(['packages/semantic/src/embed.ts: ../../quality/src/judge.ts reaches out of the package']);
    const deep = made('apps/gateway', { uses: ['@cascadeflow/quality'], files: { 'run.ts': `import '@cascadeflow/quality/src/judge.ts';` } });
    expect(offendersOf(deep)).toEqual(['apps/gateway/src/run.ts: @cascadeflow/quality/src/judge.ts goes past the exports of @cascadeflow/quality']);
  });
});

describe('house rules', () => {
  const inQuality = (files: Record<string, string>) => findOffenders([made('packages/quality', { files })]);

  test('an import of Node is found in packages for every runtime, with and without its prefix', () => {
    expect(inQuality({ 'a.ts': `import 'node:fs';`, 'b.ts': `import 'path';`, 'c.test.ts': `import 'node:fs';` })).toHaveLength(2);
    expect(findOffenders([made('packages/semantic', { files: { 'a.ts': `import 'node:fs';` } })])).toEqual([]);
  });

  test('a file of the most lines allowed passes, one more does not', () => {
    expect(inQuality({ 'a.ts': 'export {};\n'.repeat(MAX_LINES) })).toEqual([]);
    expect(inQuality({ 'a.ts': 'export {};\n'.repeat(MAX_LINES + 1) })).toEqual(['packages/quality/src/a.ts: 301 lines, at most 300']);
  });

  test('console and the environment are found in code, not in strings and comments', () => {
    expect(inQuality({ 'a.ts': `console.log(process.env['KEY']);` })).toHaveLength(2);
    expect(inQuality({ 'a.ts': `// console.log\nexport const words = ['console.log(', 'process.env'];` })).toEqual([]);
    expect(findOffenders([made('apps/gateway', { files: { 'a.ts': `console.log(process.env['KEY']);` } })])).toEqual([]);
  });

  test.each(['// oxlint-disable-next-line no-console', '/* eslint-disable */', '// @ts-ignore', '// @ts-expect-error', '// @ts-nocheck'])('%s is refused', (comment) => {
    expect(inQuality({ 'a.ts': `export const a = 1;\n${comment}` })).toHaveLength(1);
  });

  test('a type test may expect an error', () => {
    expect(inQuality({ 'a.test-d.ts': '// @ts-expect-error: a number is not a prompt' })).toEqual([]);
  });
});
