import { expect, test } from 'vitest';
import { findChangesetProblems, parseChangeset } from './changesets.ts';
import type { WorkspacePackage } from '../workspace.ts';

const core: WorkspacePackage = { folder: 'packages/core', short: 'core', manifest: { name: '@cascadeflow/core' } };
const bench: WorkspacePackage = { folder: 'apps/bench', short: 'bench', manifest: { name: '@cascadeflow/bench', private: true } };
const note = (front: string, body = 'Deadlines cover the whole run.') => ({ file: '.changeset/deadline.md', text: `---\n${front}\n---\n\n${body}\n` });
const problems = (changesets: Parameters<typeof findChangesetProblems>[1], changed?: string[]) => findChangesetProblems([core, bench], changesets, () => changed);

test('reads names and bumps, however they are quoted', () => {
  expect(parseChangeset(note(`"@cascadeflow/core": minor\ncascadeflow: patch`))).toEqual([
    { name: '@cascadeflow/core', bump: 'minor' },
    { name: 'cascadeflow', bump: 'patch' },
  ]);
});

test('a package that was never released needs a changeset; a private one does not', () => {
  expect(problems([])).toEqual(['@cascadeflow/core: never released and in no changeset']);
  expect(problems([note('"@cascadeflow/core": minor')])).toEqual([]);
});

test('a released package needs one when something a user sees has changed', () => {
  expect(problems([], ['packages/core/src/agent.ts'])).toEqual(['@cascadeflow/core: changed since its last release (packages/core/src/agent.ts) and in no changeset']);
  expect(problems([], ['packages/core/src/agent.test.ts', 'packages/core/README.md'])).toEqual([]);
  expect(problems([], ['packages/core/src/agent.ts', 'packages/core/CHANGELOG.md'])).toEqual([]);
});

test('unknown names, unknown bumps and empty notes are told', () => {
  expect(problems([note('"@cascadeflow/cor": huge', '')], [])).toEqual([
    '.changeset/deadline.md: has no release note',
    '.changeset/deadline.md: there is no package @cascadeflow/cor',
    '.changeset/deadline.md: huge is not major, minor or patch',
  ]);
});
