import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Calibration, calibrationVersion } from '@cascadeflow/contract';
import { openaiDialect, refusedUrl, startStub } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';
import { checkCalibration } from '../doctor/check-calibration.ts';
import { checkNode } from '../doctor/check-node.ts';
import { checkPackages } from '../doctor/check-packages.ts';
import type { Finding } from '../doctor/finding.ts';

const env = { OPENAI_API_KEY: 'test-key' };

async function examine(args: readonly string[], variables: Record<string, string> = env) {
  const io = testIo({ env: variables });
  const code = await main(['doctor', '--json', ...args], io);
  return { code, findings: io.written.out === '' ? [] : (JSON.parse(io.written.out) as Finding[]), err: io.written.err };
}

const about = (findings: readonly Finding[], name: Finding['about']) => findings.filter((finding) => finding.about === name);

describe('cascadeflow doctor', { timeout: 30_000 }, () => {
  it('is content where everything is there', async () => {
    const stub = await startStub({ models: ['gpt-4o-mini', 'gpt-5'], apiKey: 'test-key' });
    const { code, findings } = await examine(['-m', 'openai/gpt-4o-mini', '-m', 'openai/gpt-5', '--base-url', stub.baseURL]);
    expect(code).toBe(ExitCode.ok);
    expect(findings.map(({ level }) => level)).toEqual(findings.map(() => 'ok'));
    expect(new Set(findings.map((finding) => finding.about))).toEqual(new Set(['node', 'packages', 'keys', 'prices', 'endpoints']));
    expect(stub.requests.map(({ method }) => method)).toEqual(['GET']);
    await stub.close();
  });

  it('names the variable of a missing key', async () => {
    const { code, findings } = await examine(['-m', 'openai/gpt-5', '--offline'], {});
    expect(code).toBe(ExitCode.failed);
    expect(about(findings, 'keys')[0]).toMatchObject({ level: 'fail', says: expect.stringContaining('OPENAI_API_KEY') as string });
  });

  it('tells a refused key from an endpoint that is not there', async () => {
    const stub = await startStub({ apiKey: 'another', dialects: [openaiDialect] });
    expect(about((await examine(['-m', 'openai/gpt-5', '--base-url', stub.baseURL])).findings, 'endpoints')[0]?.says).toMatch(/refuses the key \(401\)/);
    await stub.close();
    const { code, findings } = await examine(['-m', 'local/small@0', '--base-url', `local=${await refusedUrl()}`]);
    expect(code).toBe(ExitCode.failed);
    expect(about(findings, 'endpoints')[0]).toMatchObject({ level: 'fail', says: expect.stringContaining('cannot be reached (ECONNREFUSED)') as string });
  });

  it('warns of models that are not there and prices that nobody knows', async () => {
    const stub = await startStub({ models: ['gpt-5'] });
    const { code, findings } = await examine(['-m', 'local/small', '--base-url', `local=${stub.baseURL}`]);
    expect(code).toBe(ExitCode.ok);
    expect(about(findings, 'prices')[0]).toMatchObject({ level: 'warn', fix: expect.stringContaining('local/small@INPUT/OUTPUT') as string });
    expect(about(findings, 'endpoints').at(-1)?.says).toBe('local: small is not among its 1 models');
    await stub.close();
  });

  it('reads the configuration of a gateway', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'doctor-')), 'cascadeflow.yaml');
    writeFileSync(file, 'providers:\n  openai:\n    apiKey: ${OPENAI_API_KEY}\ncascades:\n  main:\n    models: [openai/gpt-4o-mini, openai/gpt-5]\n');
    expect((await examine(['--config', file, '--offline'])).code).toBe(ExitCode.ok);
    const { code, findings } = await examine(['--config', file, '--offline'], {});
    expect(code).toBe(ExitCode.failed);
    expect(about(findings, 'config')[0]?.says).toContain('the environment has no OPENAI_API_KEY');
  });

  it('shows what to do in plain text', async () => {
    const io = testIo();
    expect(await main(['doctor', '--offline'], io)).toBe(ExitCode.ok);
    expect(io.written.out).toMatch(/^ok {4}node {8}Node v/);
    expect(io.written.out).toContain('name them: --model openai/gpt-4o-mini');
  });
});

it('old Node and missing packages fail', () => {
  expect(checkNode('v22.1.0').level).toBe('ok');
  expect(checkNode('v18.20.0')).toMatchObject({ level: 'fail', fix: 'install Node 22 or later' });
  const missing = checkPackages((name) => {
    if (name === 'openai') throw new Error('not found');
  });
  expect(missing).toEqual([{ about: 'packages', level: 'fail', says: 'openai cannot be found', fix: 'npm install openai' }]);
});

it('a calibration grows old, and is about the models it was fitted on', () => {
  const calibration = { version: calibrationVersion, createdAt: '2026-01-01T00:00:00Z', data: { fingerprint: 'x', rows: 500, models: ['gpt-4o-mini'], labels: {} } } as unknown as Calibration;
  const subject = { name: 'gpt-4o-mini', provider: 'openai', type: 'openai', env: {} };
  expect(checkCalibration(calibration, [subject], Date.parse('2026-02-01T00:00:00Z'))).toEqual([{ about: 'calibration', level: 'ok', says: 'fitted on 500 rows, the latest 31 days old' }]);
  expect(checkCalibration(calibration, [{ ...subject, name: 'gpt-5' }], Date.parse('2026-06-01T00:00:00Z')).map(({ level }) => level)).toEqual(['warn', 'warn']);
});
