import type { WorkspacePackage } from '../workspace.ts';

/** A changeset file, as far as the presence check reads it. */
export interface Changeset {
  file: string;
  text: string;
}

const ENTRY = /^['"]?(@?[\w./-]+)['"]?\s*:\s*(\S+)\s*$/;

/** Names and bumps in a changeset's front matter. */
export function parseChangeset({ text }: Changeset): Array<{ name: string; bump: string }> {
  const [, front = ''] = /^---\r?\n([\s\S]*?)\r?\n?---/.exec(text) ?? [];
  return front.split(/\r?\n/).flatMap((line) => {
    const [, name, bump] = ENTRY.exec(line) ?? [];
    return name && bump ? [{ name, bump }] : [];
  });
}

/** A change that no user of the package can see. */
function isInvisible(path: string): boolean {
  return /\.(?:test|test-d)\.ts$|\/(?:test|fixtures|scripts)\/|\/(?:README\.md|tsconfig\.json|vitest\.config\.ts)$/.test(path);
}

/**
 * What is wrong with the changesets, one line each: published packages that changed since their last release without one,
 * names that are no package, bumps that are no bump, files without a note.
 * `changedFiles` gives a package's files that differ from its last release, `undefined` when it never had one.
 */
export function findChangesetProblems(
  packages: readonly WorkspacePackage[],
  changesets: readonly Changeset[],
  changedFiles: (folder: string) => readonly string[] | undefined,
): string[] {
  const published = packages.filter(({ manifest }) => !manifest.private);
  const known = new Set(packages.map(({ manifest }) => manifest.name));
  const entries = changesets.flatMap((changeset) => parseChangeset(changeset).map((entry) => ({ ...entry, file: changeset.file })));
  const covered = new Set(entries.map(({ name }) => name));
  return [
    ...changesets.filter(({ text }) => text.replace(/^---[\s\S]*?---/, '').trim() === '').map(({ file }) => `${file}: has no release note`),
    ...entries.filter(({ name }) => !known.has(name)).map(({ file, name }) => `${file}: there is no package ${name}`),
    ...entries.filter(({ bump }) => !['major', 'minor', 'patch', 'none'].includes(bump)).map(({ file, bump }) => `${file}: ${bump} is not major, minor or patch`),
    ...published.flatMap(({ folder, manifest }) => {
      if (covered.has(manifest.name)) return [];
      const changed = changedFiles(folder);
      if (changed === undefined) return [`${manifest.name}: never released and in no changeset`];
      if (changed.includes(`${folder}/CHANGELOG.md`)) return []; // being released right now
      const seen = changed.filter((path) => !isInvisible(path));
      return seen.length > 0 ? [`${manifest.name}: changed since its last release (${seen[0]}) and in no changeset`] : [];
    }),
  ];
}
