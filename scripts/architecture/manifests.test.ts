import { expect, test } from 'vitest';
import type { Manifest } from '../workspace.ts';
import { checkManifest } from './manifests.ts';

const entry = { '@cascadeflow/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' };
const good: Manifest = {
  name: '@cascadeflow/core',
  description: 'A cascade.',
  license: 'MIT',
  keywords: ['llm'],
  publishConfig: { access: 'public', provenance: true },
  type: 'module',
  sideEffects: false,
  files: ['dist'],
  exports: { '.': entry, './model.onnx': './assets/model.onnx' },
  engines: { node: '>=20' },
};
const check = (manifest: Manifest) => checkManifest({ folder: 'packages/core', short: 'core', manifest });

test('a whole manifest passes', () => {
  expect(check(good)).toEqual([]);
});

test('each gap is named', () => {
  expect(check({ name: '@cascadeflow/core', type: 'module' })).toHaveLength(7);
  expect(check({ ...good, exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } } })).toEqual([
    'packages/core/package.json: exports["."] must have @cascadeflow/source, types, default in this order',
  ]);
  expect(check({ ...good, exports: { './kit': { ...entry, '@cascadeflow/source': './src/kit.ts' } } })).toEqual([
    'packages/core/package.json: exports["./kit"] must lead to ./src/x.ts, ./dist/x.d.ts and ./dist/x.js of one x',
  ]);
});

test('a private package may be bare', () => {
  expect(check({ name: '@cascadeflow/bench', private: true })).toEqual([]);
});
