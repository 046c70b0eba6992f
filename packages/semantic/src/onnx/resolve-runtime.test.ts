import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { MissingPackageError } from '@cascadeflow/contract';
import { expect, test } from 'vitest';
import { resolveOnnxRuntime } from './resolve-runtime.ts';

test('takes a module that is handed in, and names what is not one', async () => {
  const runtime = { InferenceSession: { create: () => Promise.reject(new Error('unused')) }, Tensor: class {} as never };
  expect(await resolveOnnxRuntime(runtime)).toBe(runtime);
  await expect(resolveOnnxRuntime({} as never)).rejects.toThrow(/^runtime: is not ONNX Runtime/);
  await expect(resolveOnnxRuntime('onnx' as never)).rejects.toThrow(/^runtime: must be/);
});

test('says what to install where ONNX Runtime is missing', async () => {
  // Outside the workspace nothing resolves: what a user without the optional package sees.
  const folder = mkdtempSync(join(tmpdir(), 'semantic-missing-'));
  try {
    cpSync(new URL('./resolve-runtime.ts', import.meta.url), join(folder, 'resolve-runtime.ts'));
    const code = `
      import { registerHooks } from 'node:module';
      registerHooks({ resolve: (name, context, next) => name === '@cascadeflow/contract' ? next(${JSON.stringify(new URL('../../../contract/src/index.ts', import.meta.url).href)}, context) : next(name, context) });
      const { resolveOnnxRuntime } = await import(${JSON.stringify(`file://${folder}/resolve-runtime.ts`)});
      for (const choice of [undefined, 'onnxruntime-node', 'onnxruntime-web']) {
        await resolveOnnxRuntime(choice).catch((error) => console.log(error.name + ' ' + error.message));
      }`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
    const lines = stdout.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toContain(MissingPackageError.name);
    expect(lines[0]).toMatch(/onnxruntime-web.*npm install onnxruntime-node/);
    expect(lines[2]).toContain('npm install onnxruntime-web');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
