import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const bin = fileURLToPath(new URL('./bin.ts', import.meta.url));
const start = (...argv: string[]) => promisify(execFile)(process.execPath, ['--conditions=@cascadeflow/source', bin, ...argv]);

it('is a process with exit codes', { timeout: 30_000 }, async () => {
  expect((await start('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  await expect(start('rnu')).rejects.toMatchObject({ code: 2, stdout: '' });
});
