import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace.ts';
import { run, sizeOf } from './project.ts';
import { readSnippet } from './readme-snippet.ts';

/** What the walk must not exceed: from an empty folder to a printed answer, and the install of core and one provider. */
export const newUserLimits = { seconds: 60, megabytes: 30 } as const;

/** What a new user installs for the quick start, with what that depends on. */
const wanted = ['contract', 'core', 'quality', 'routing', 'provider-kit', 'providers-openai'].map((short) => `@cascadeflow/${short}`);

/** Where the walk is taken. */
export interface NewUserWalk {
  readonly folder: string;
  /** Tarballs by package name. */
  readonly packed: { readonly [name: string]: string };
  /** Module that sends calls to the stub. */
  readonly standIn: string;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * An empty folder, `npm init`, install, the README's snippet pasted, the answer printed.
 * @throws Error when it takes too long, is too large, or does not answer.
 */
export function walkAsNewUser({ folder, packed, standIn, env }: NewUserWalk): string {
  const start = performance.now();
  mkdirSync(folder);
  run('npm', ['init', '-y'], folder);
  run('npm', ['pkg', 'set', 'type=module'], folder);
  run('npm', ['install', '--no-audit', '--no-fund', ...wanted.map((name) => packed[name] ?? name), 'openai'], folder);
  const snippet = readSnippet(readFileSync(join(ROOT, 'packages/core/README.md'), 'utf8'));
  if (typeof snippet !== 'object') throw new Error('the README of core has no snippet');
  writeFileSync(join(folder, 'index.ts'), snippet.code);
  const printed = run(process.execPath, ['--import', standIn, 'index.ts'], folder, env);
  const seconds = (performance.now() - start) / 1000;
  const megabytes = sizeOf(join(folder, 'node_modules')) / 1e6;
  const told = `       ${seconds.toFixed(1)} s from an empty folder to "${printed.slice(0, 60).trim()}…"; ${megabytes.toFixed(1)} MB installed`;
  if (!printed.includes('Paris')) throw new Error(`unexpected answer: ${printed}`);
  if (seconds > newUserLimits.seconds || megabytes > newUserLimits.megabytes) throw new Error(`${told}; at most ${newUserLimits.seconds} s and ${newUserLimits.megabytes} MB`);
  return told;
}
