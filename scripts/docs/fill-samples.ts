/**
 * `pnpm docs:code`: copies the code of guides and READMEs from the compiled files it stands in. `--check` changes nothing and
 * fails when a page differs. A package's README may also hold code of its own: the first fence is run from its tarball.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace.ts';
import { findPages } from './pages.ts';
import { fillSamples } from './samples.ts';

const isCheck = process.argv.includes('--check');
const read = (path: string): string | undefined => (existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined);
const problems: string[] = [];
let changed = 0;

for (const page of findPages()) {
  const before = readFileSync(join(ROOT, page), 'utf8');
  const { text, problems: found } = fillSamples(before, read, { strict: page === 'README.md' || page.startsWith('docs/guide/') });
  problems.push(...found.map((problem) => `${page}: ${problem}`));
  if (text === before) continue;
  changed++;
  if (isCheck) problems.push(`${page}: its code differs from the file it stands in; run \`pnpm docs:code\``);
  else writeFileSync(join(ROOT, page), text);
}
if (problems.length > 0) console.error(problems.join('\n'));
else console.log(isCheck ? 'All code on the pages is that of compiled files.' : `${changed} pages changed.`);
process.exitCode = problems.length > 0 ? 1 : 0;
