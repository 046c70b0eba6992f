import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWorkspace, ROOT, sourceFiles } from '../workspace.ts';
import { checkManifest } from './manifests.ts';
import { isTestFile, readSource } from './read-source.ts';
import { findOffenders, type PackageFacts } from './rules.ts';

const packages: PackageFacts[] = readWorkspace().map((entry) => ({
  ...entry,
  files: sourceFiles(entry).map((path) => readSource(path, readFileSync(join(ROOT, path), 'utf8'))),
}));
const sources = packages.flatMap(({ files }) => files).filter(({ path }) => !isTestFile(path));

test('every arrow between packages is on the map, and the house rules hold', () => {
  expect(findOffenders(packages).join('\n')).toBe('');
});

test('every manifest is complete, and the tools agree on the version of pnpm', () => {
  expect(packages.flatMap(checkManifest).join('\n')).toBe('');
  const root = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { packageManager: string; devDependencies: Record<string, string> };
  expect(root.packageManager).toBe(`pnpm@${root.devDependencies['pnpm']}`);
});

test('the walk found the packages and their imports', () => {
  const contract = packages.find(({ short }) => short === 'contract');
  expect(contract?.files.length).toBeGreaterThan(10);
  expect(packages.flatMap(({ files }) => files.flatMap(({ imports }) => imports))).toContain('@cascadeflow/contract');
  const lengths = sources.map(({ lines }) => lines).sort((a, b) => a - b);
  console.info(`${sources.length} source files in ${packages.length} packages: median ${lengths[lengths.length >> 1]} lines, longest ${lengths.at(-1)}`);
});
