/**
 * `pnpm docs:site`: builds the site and looks at it as a reader would: no dead link, and in headless Chromium at two widths, light and dark, a clean
 * console, no call elsewhere, no sideways scrolling, no serious finding of axe, and a search that finds. `--keep` leaves the site behind.
 * Needs Chromium, from `CHROMIUM` or where Debian puts it; without it the pages are not opened, and the check says that it was skipped.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from '../workspace.ts';
import { lookAtPage, searchSite, type View } from './look-at-page.ts';
import { serveFolder } from './serve.ts';
import { findDeadReferences, pagesOf } from './site-links.ts';

const views: readonly View[] = [
  { width: 390, colorScheme: 'light' },
  { width: 1280, colorScheme: 'dark' },
];
const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path !== undefined && existsSync(path));
const site = join(mkdtempSync(join(tmpdir(), 'cascadeflow-site-')), 'site');

execFileSync(process.execPath, [join(ROOT, 'node_modules/typedoc/bin/typedoc'), '--out', site, '--logLevel', 'Warn'], { cwd: ROOT, stdio: 'inherit' });
const problems = findDeadReferences(site);
const pages = pagesOf(site);
/** Every guide, and of the many API pages and decisions one of each kind. */
const guides = pages.filter((page) => /^documents\/\D/.test(page));
const kinds = ['index.html', 'modules/_cascadeflow_core.html', 'classes/_cascadeflow_core.CascadeAgent.html', 'interfaces/_cascadeflow_contract.CascadeResult.html', 'functions/_cascadeflow_quality.createJudge.html'];
const shown = pages.filter((page) => kinds.includes(page) || guides.includes(page));
if (shown.length < kinds.length + guides.length) problems.push(`of ${kinds.join(', ')} only ${shown.join(', ')} were built`);

if (executablePath === undefined) console.log('skipped: the pages were not opened, because there is no Chromium. Install it, or say where it is with CHROMIUM.');
else {
  const { url, close } = await serveFolder(site);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const left = [...shown];
  // Each page has a process of its own in the browser, so several are looked at at a time.
  const look = async (): Promise<void> => {
    for (let page = left.shift(); page !== undefined; page = left.shift()) problems.push(...(await lookAtPage(browser, `${url}/${page}`, views)));
  };
  await Promise.all([...Array.from({ length: Math.max(2, availableParallelism()) }, look), searchSite(browser, `${url}/index.html`, 'CascadeAgent').then((found) => problems.push(...found))]);
  await browser.close();
  close();
  console.log(`${shown.length} pages opened at ${views.map(({ width }) => width).join(' and ')} pixels.`);
}
console.log(problems.length === 0 ? `No dead link on ${pages.length} pages.` : problems.join('\n'));
if (process.argv.includes('--keep')) console.log(`kept in ${site}`);
else rmSync(join(site, '..'), { recursive: true, force: true });
process.exitCode = problems.length > 0 ? 1 : 0;
