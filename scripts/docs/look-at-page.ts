import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';

/** What axe says of a page, as far as it is read. */
interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A window a page is looked at in. */
export interface View {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** Opens a page and tells what is wrong with it in each view: console, requests, sideways scrolling, serious findings of axe. */
export async function lookAtPage(browser: Browser, url: string, views: readonly View[]): Promise<string[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const problems: string[] = [];
  let where = 'on the way';
  const tell = (problem: string): void => void problems.push(`${new URL(url).pathname} ${where}: ${problem}`);
  const origin = new URL(url).origin;
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && tell(`console: ${message.text()}`)));
  page.on('pageerror', (error) => tell(`script: ${error.message}`));
  page.on('request', (request) => void (new URL(request.url()).origin !== origin && !request.url().startsWith('data:') && tell(`asks elsewhere: ${request.url()}`)));
  page.on('response', (response) => void (response.status() >= 400 && tell(`${response.status()} for ${response.url()}`)));
  for (const [index, { width, colorScheme }] of views.entries()) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    // Loaded once: what depends on the window follows it, as it does under a reader's hand.
    if (index === 0) {
      await page.goto(url, { waitUntil: 'load' });
      await page.addScriptTag({ content: axe });
    }
    where = `at ${width}, ${colorScheme}`;
    const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (tooWide > 1) tell(`scrolls sideways by ${tooWide} pixels`);
    const { violations } = (await page.evaluate(() => (globalThis as unknown as { axe: { run(options: object): Promise<unknown> } }).axe.run({ resultTypes: ['violations'] }))) as AxeResults;
    for (const { id, impact, help, nodes } of violations) {
      if (impact === 'serious' || impact === 'critical') tell(`axe, ${impact}: ${id}, ${help} (${nodes.length} times, first ${String(nodes[0]?.target[0])})`);
    }
  }
  await context.close();
  return problems;
}

/** Searches the site as a reader would. */
export async function searchSite(browser: Browser, url: string, words: string): Promise<string[]> {
  const page = await browser.newPage();
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.locator('#tsd-search-trigger').click();
  await page.locator('#tsd-search-input').fill(words);
  const found = page.locator('#tsd-search-results li').filter({ hasText: words });
  try {
    await found.first().waitFor({ timeout: 15_000 });
    await found.first().locator('a').click();
    await page.waitForURL(/CascadeAgent/, { timeout: 15_000 });
    return [];
  } catch {
    return [`the search does not find ${words}`];
  } finally {
    await page.close();
  }
}
