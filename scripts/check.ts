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
  /** Left out unless it is named. */
  onlyAsked?: boolean;
}

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

const CACHE = join(ROOT, 'node_modules', '.cache', 'check');
const TEST_REPORT = join(CACHE, 'tests.json');

/**
 * Stages follow each other. A stage's lanes run side by side, the steps of a lane in their order: most steps use one core, the tests use all.
 * `docs` is part of `site`, and runs alone only when it is asked for.
 */
const STAGES: readonly (readonly (readonly Step[])[])[] = [
  [[{ name: 'lint', command: ['oxlint', '--deny-warnings', '--format=unix'] }]],
  [[{ name: 'typecheck', command: ['pnpm', '-s', 'typecheck'] }]],
  [[{ name: 'test', command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${TEST_REPORT}`], live: true }]],
  [
    [
      { name: 'build', command: ['turbo', 'run', 'build:packages', '--output-logs=errors-only'] },
      { name: 'size', command: ['size-limit'] },
      { name: 'packed', command: ['node', 'scripts/release/dry-run.ts'] },
    ],
    [
      { name: 'unused', command: ['knip', '--no-config-hints'] },
      { name: 'docs', command: ['typedoc', '--emit', 'none'], onlyAsked: true },
      { name: 'site', command: ['node', 'scripts/docs/check-site.ts'] },
      { name: 'links', command: ['node', 'scripts/docs/check-links.ts'] },
      { name: 'results', command: ['node', 'scripts/docs/results.ts', '--check'] },
      { name: 'samples', command: ['node', 'scripts/docs/fill-samples.ts', '--check'] },
      { name: 'changesets', command: ['node', 'scripts/release/changeset-presence.ts'] },
    ],
  ],
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

async function checkStep(step: Step): Promise<Count> {
  const start = performance.now();
  if (step.live) console.log(`---- ${step.name}`);
  const { ok, output } = await run(step);
  if (!ok && output) console.log(output.trimEnd());
  const [skipped] = (ok && /^skipped: .+$/m.exec(output)) || [];
  if (skipped) console.log(skipped);
  const count = step.name === 'test' ? countTests(ok) : { passed: Number(ok && !skipped), failed: Number(!ok), skipped: Number(Boolean(skipped)) };
  console.log(`${count.failed === 0 ? 'ok  ' : 'FAIL'} ${step.name.padEnd(10)} ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return count;
}

async function checkLane(steps: readonly Step[], isWanted: (step: Step) => boolean, total: Count): Promise<void> {
  for (const step of steps.filter(isWanted)) {
    const count = await checkStep(step);
    for (const key of ['passed', 'failed', 'skipped'] as const) total[key] += count[key];
  }
}

const asked = process.argv.slice(2);
const names = STAGES.flat(2).map(({ name }) => name);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`No step called ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(2);
}
mkdirSync(CACHE, { recursive: true });
rmSync(TEST_REPORT, { force: true });
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const isWanted = ({ name, onlyAsked }: Step): boolean => (asked.length > 0 ? asked.includes(name) : !onlyAsked);
for (const lanes of STAGES) await Promise.all(lanes.map((steps) => checkLane(steps, isWanted, total)));
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 ? 0 : 1;
