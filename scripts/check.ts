/**
 * Everything CI runs, in one command: `pnpm check`, or some of it: `pnpm check lint test`.
 * Ends with one line, `N passed, N failed`: the tests, and each other step as one.
 */
import { type SpawnOptions, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from './workspace.ts';

interface Step {
  name: string;
  command: readonly [string, ...string[]];
  /** Shows its output while it runs; the others show theirs when they fail. */
  live?: boolean;
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const CACHE = join(ROOT, 'node_modules', '.cache', 'check');
const TEST_REPORT = join(CACHE, 'tests.json');

const STEPS: readonly Step[] = [
  { name: 'lint', command: ['oxlint', '--deny-warnings', '--format=unix'] },
  { name: 'typecheck', command: ['pnpm', '-s', 'typecheck'] },
  { name: 'test', command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${TEST_REPORT}`], live: true },
  { name: 'build', command: ['turbo', 'run', 'build:packages', '--output-logs=errors-only'] },
  { name: 'size', command: ['size-limit'] },
  { name: 'unused', command: ['knip', '--no-config-hints'] },
  { name: 'docs', command: ['typedoc', '--emit', 'none'] },
  { name: 'site', command: ['node', 'scripts/docs/check-site.ts'] },
  { name: 'packed', command: ['node', 'scripts/release/dry-run.ts'] },
  { name: 'links', command: ['node', 'scripts/docs/check-links.ts'] },
  { name: 'results', command: ['node', 'scripts/docs/results.ts', '--check'] },
  { name: 'samples', command: ['node', 'scripts/docs/fill-samples.ts', '--check'] },
  { name: 'changesets', command: ['node', 'scripts/release/changeset-presence.ts'] },
];

const ENVIRONMENT = {
  ...process.env,
  PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
  ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
};

function run({ command: [program, ...args], live }: Step): Promise<{ ok: boolean; output: string }> {
  const options: SpawnOptions = { cwd: ROOT, env: ENVIRONMENT, stdio: live ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'] };
  const child = spawn(program, args, options);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** The tests' own totals. A run that failed without a failed test (a file that does not load, a stray rejection) counts as one failed. */
function countTests(ok: boolean): Count {
  try {
    const report = JSON.parse(readFileSync(TEST_REPORT, 'utf8')) as Record<string, number>;
    const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = report;
    const failed = numFailedTests || (ok && passed > 0 ? 0 : 1);
    return { passed, failed, skipped: numPendingTests + numTodoTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

async function check(steps: readonly Step[]): Promise<Count> {
  const total: Count = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    const start = performance.now();
    if (step.live) console.log(`---- ${step.name}`);
    const { ok, output } = await run(step);
    if (!ok && output) console.log(output.trimEnd());
    const [skipped] = (ok && /^skipped: .+$/m.exec(output)) || [];
    if (skipped) console.log(skipped);
    const count = step.name === 'test' ? countTests(ok) : { passed: Number(ok && !skipped), failed: Number(!ok), skipped: Number(Boolean(skipped)) };
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
    console.log(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  return total;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`No step called ${unknown.join(', ')}; there are ${STEPS.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}
mkdirSync(CACHE, { recursive: true });
rmSync(TEST_REPORT, { force: true });
const { passed, failed, skipped } = await check(asked.length > 0 ? STEPS.filter(({ name }) => asked.includes(name)) : STEPS);
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = failed === 0 ? 0 : 1;
