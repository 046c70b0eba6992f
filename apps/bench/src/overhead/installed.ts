import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Report } from '../report.ts';
import { bootstrapInterval, percentile } from '../statistics.ts';

const PACKAGES = join(import.meta.dirname, '../../../../packages');
const PROCESSES = 41;

interface Manifest {
  readonly name: string;
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Cold import and size of the built `core` as it is installed: its published files and those of all its dependencies, in an empty folder. */
export function measureInstalled(report: Report): void {
  if (!existsSync(join(PACKAGES, 'core/dist/index.js'))) return report.note('cold import and installed size: not measured, build first');
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-installed-'));
  try {
    install(join(PACKAGES, 'core'), folder, new Set());
    report.target('installed size of core with its dependencies', sizeOf(folder) / 1e6, { atMost: 6 }, { unit: 'MB' });
    const empty = join(folder, 'empty.mjs');
    writeFileSync(empty, '');
    const core = join(folder, 'node_modules/@cascadeflow/core/dist/index.js');
    const differences: number[] = [];
    for (let run = 0; run < PROCESSES; run++) differences.push(importMs(core) - importMs(empty));
    const interval = bootstrapInterval(differences, (sample) => percentile(sample, 0.5));
    report.target('cold import of core over an empty module, p50', percentile(differences, 0.5), { atMost: 20 }, { unit: 'ms', n: PROCESSES, interval });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function importMs(file: string): number {
  return Number(execFileSync(process.execPath, [join(import.meta.dirname, 'import-child.ts'), pathToFileURL(file).href], { encoding: 'utf8' }));
}

/** Copies what a package publishes, and its dependencies, as npm would lay them out. */
function install(path: string, folder: string, done: Set<string>): void {
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  if (done.has(manifest.name)) return;
  done.add(manifest.name);
  const target = join(folder, 'node_modules', manifest.name);
  mkdirSync(target, { recursive: true });
  const kept = manifest.files && path.startsWith(PACKAGES) ? [...manifest.files, 'package.json', 'README.md'] : readdirSync(path).filter((name) => name !== 'node_modules');
  for (const name of kept) if (existsSync(join(path, name))) cpSync(join(path, name), join(target, name), { recursive: true, dereference: true });
  for (const name of Object.keys(manifest.dependencies ?? {})) install(find(name, path), folder, done);
}

/** Where a package's dependency lies: in its own `node_modules`, or beside it in the package manager's store. */
function find(name: string, from: string): string {
  const places = [join(from, 'node_modules', name), join(from.slice(0, from.lastIndexOf('node_modules')), 'node_modules', name)];
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`${name} is not installed beside ${from}`);
  return realpathSync(found);
}

function sizeOf(path: string): number {
  const stats = statSync(path);
  return stats.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stats.size;
}
