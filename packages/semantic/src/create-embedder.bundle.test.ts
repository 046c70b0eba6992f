import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Embedder } from '@cascadeflow/contract';
import { build } from 'rolldown';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// What an edge runtime gets: one file, nothing from node:, the model handed in as bytes.
let folder = '';
let code = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'semantic-bundle-'));
  const output = await build({
    input: new URL('./index.ts', import.meta.url).pathname,
    platform: 'browser',
    resolve: { conditionNames: ['@cascadeflow/source', 'import', 'browser'] },
    write: false,
    logLevel: 'silent',
    output: { format: 'esm' },
  });
  code = output.output[0].code;
  writeFileSync(join(folder, 'bundle.mjs'), code);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a bundle for edge runtimes imports nothing', () => {
  expect(code).toContain('cascadeflow-static-v1');
  expect(code).not.toMatch(/\b(?:from|import|require)\s*\(?\s*['"`](?:node:|fs\b|path\b)/);
  expect(code.match(/^import\s.*/gm)).toBeNull();
});

test('the bundle embeds with the bytes it is handed, without a file system or a network', async () => {
  vi.stubGlobal('fetch', () => {
    throw new Error('no network here');
  });
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  const bundle = (await import(pathToFileURL(join(folder, 'bundle.mjs')).href)) as { createEmbedder(options: object): Embedder };
  const model = readFileSync(new URL('../assets/model.onnx', import.meta.url));
  const [vector] = await bundle.createEmbedder({ model: new Uint8Array(model) }).embed(['on the edge']);
  expect(Math.hypot(...(vector as Float32Array))).toBeCloseTo(1, 5);
  await expect(bundle.createEmbedder({}).embed(['a'])).rejects.toThrow(/Hand its bytes/);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});
