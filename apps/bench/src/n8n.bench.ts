/** What n8n pays for the nodes: size of the tarball, time and memory of loading both. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { BenchContext } from './bench.ts';

const root = resolve(import.meta.dirname, '../../..');
const nodes = join(root, 'packages/integrations-n8n');
const runs = 15;

/** What n8n brings, by the names that the nodes touch while they load: its own weight is not theirs. */
const hosts: { readonly [name: string]: string } = {
  'n8n-workflow': 'exports.NodeConnectionTypes = { Main: "main", AiLanguageModel: "ai_languageModel" }; exports.NodeOperationError = exports.NodeApiError = Error;',
  '@n8n/ai-node-sdk': 'exports.BaseChatModel = class {};',
};

/** Loads both nodes in a process of its own; prints milliseconds and megabytes. */
const script = `
require('n8n-workflow'); require('@n8n/ai-node-sdk');
gc();
const before = process.memoryUsage();
const used = process.cpuUsage();
const start = performance.now();
for (const file of process.argv.slice(1)) require(file);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(used);
gc();
const after = process.memoryUsage();
console.log(JSON.stringify({ ms, cpu: (user + system) / 1000, rss: (after.rss - before.rss) / 1e6, heap: (after.heapUsed - before.heapUsed) / 1e6}));
`;

export async function bench({ report }: BenchContext): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-bench-'));
  try {
    execFileSync(process.execPath, [join(root, 'node_modules/tsdown/dist/run.mjs')], { cwd: nodes, stdio: 'pipe' });
    const { filename } = JSON.parse(execFileSync('pnpm', ['pack', '--json', '--pack-destination', folder], { cwd: nodes, encoding: 'utf8' })) as { readonly filename: string };
    report.target('tarball', statSync(filename).size / 1000, { atMost: 400 }, { unit: 'kB' });
    for (const [name, code] of Object.entries(hosts)) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(join(folder, 'node_modules', name, 'index.js'), code);
    }
    execFileSync('tar', ['-xzf', filename, '-C', folder]);
    const manifest = JSON.parse(readFileSync(join(folder, 'package/package.json'), 'utf8')) as { readonly n8n: { readonly nodes: readonly string[] } };
    const files = manifest.n8n.nodes.map((file) => join(folder, 'package', file));
    const loads = Array.from({ length: runs }, () => JSON.parse(execFileSync(process.execPath, ['--expose-gc', '-e', script, ...files], { cwd: folder, encoding: 'utf8' })) as { readonly ms: number; readonly cpu: number; readonly rss: number; readonly heap: number });
    const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
    report.figure({ name: 'processor time of loading both nodes, median', value: median(loads.map(({ cpu }) => cpu)), unit: 'ms', n: runs });
    report.figure({ name: 'heap of both nodes, median', value: median(loads.map(({ heap }) => heap)), unit: 'MB', n: runs });
    report.target('loading both nodes, median', median(loads.map(({ ms }) => ms)), { atMost: 60 }, { unit: 'ms', n: runs });
    report.target('memory of both nodes (RSS), median', median(loads.map(({ rss }) => rss)), { atMost: 25 }, { unit: 'MB', n: runs });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
