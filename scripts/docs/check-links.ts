/** Checks every link between the repository's pages, files and headings. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace.ts';
import { findBrokenLinks } from './links.ts';
import { findPages } from './pages.ts';

const read = (path: string): string | undefined => {
  const full = join(ROOT, path);
  if (!existsSync(full)) return undefined;
  return statSync(full).isFile() && path.endsWith('.md') ? readFileSync(full, 'utf8') : '';
};
const pages = findPages();
const broken = pages.flatMap((page) => findBrokenLinks(page, readFileSync(join(ROOT, page), 'utf8'), read));
if (broken.length > 0) {
  console.error(broken.join('\n'));
  process.exitCode = 1;
} else console.log(`No broken link on ${pages.length} pages.`);
