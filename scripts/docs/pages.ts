import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace, ROOT } from '../workspace.ts';

/** The Markdown pages people read, and the one for language models, as paths from the root. */
export function findPages(root: string = ROOT): string[] {
  const inFolder = (folder: string) =>
    existsSync(join(root, folder)) ? readdirSync(join(root, folder)).filter((file) => file.endsWith('.md')).map((file) => (folder === '.' ? file : `${folder}/${file}`)) : [];
  const packages = readWorkspace(root).map(({ folder }) => `${folder}/README.md`).filter((path) => existsSync(join(root, path)));
  return [...inFolder('.'), ...['llms.txt'].filter((path) => existsSync(join(root, path))), ...inFolder('docs/guide'), ...inFolder('docs/examples'), ...inFolder('docs/decisions'), ...packages];
}
