/**
 * Fails when a published package changed since its last release and no changeset says so. The last release is the last
 * commit of the package's CHANGELOG.md, which `changeset version` writes: no tag is needed, so a bare clone can tell.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findChangesetProblems } from './changesets.ts';
import { readWorkspace, ROOT } from '../workspace.ts';

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function changedFiles(folder: string): string[] | undefined {
  const changelog = `${folder}/CHANGELOG.md`;
  if (!existsSync(join(ROOT, changelog))) return undefined;
  const release = git('log', '-1', '--format=%H', '--', changelog);
  return release ? git('diff', '--name-only', release, '--', folder).split('\n').filter(Boolean) : [changelog];
}

const changesets = readdirSync(join(ROOT, '.changeset'))
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => ({ file: `.changeset/${file}`, text: readFileSync(join(ROOT, '.changeset', file), 'utf8') }));

const problems = findChangesetProblems(readWorkspace(), changesets, changedFiles);
if (problems.length > 0) {
  console.error(`${problems.join('\n')}\n\nWrite one with \`pnpm changeset\`: what changed, who sees it, what stays.`);
  process.exitCode = 1;
}
