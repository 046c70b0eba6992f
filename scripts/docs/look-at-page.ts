import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';

/** What axe says of a page, as far as it is read. */
interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[] }[] }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Opens a page at a width and tells what is wrong with it: console, requests, sideways scrolling, serious findings of axe. */
export async function lookAtPage(browser: Browser, url: string, width: number, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const problems: string[] = [];
  const origin = new URL(url).origin;
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && problems.push(`console: ${message.text()}`)));
  page.on('pageerror', (error) => void problems.push(`script: ${error.message}`));
  page.on('request', (request) => void (new URL(request.url()).origin !== origin && !request.url().startsWith('data:') && problems.push(`asks elsewhere: ${request.url()}`)));
  page.on('response', (response) => void (response.status() >= 400 && problems.push(`${response.status()} for ${response.url()}`)));
  await page.goto(url, { waitUntil: 'load' });
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (tooWide > 1) problems.push(`scrolls sideways by ${tooWide} pixels`);
  await page.addScriptTag({ content: axe });
  const { violations } = (await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<unknown> } }).axe.run())) as AxeResults;
  for (const { id, impact, help, nodes } of violations) {
    if (impact === 'serious' || impact === 'critical') problems.push(`axe, ${impact}: ${id}, ${help} (${nodes.length} times, first ${String(nodes[0]?.target[0])})`);
  }
  await context.close();
  return problems.map((problem) => `${new URL(url).pathname} at ${width}, ${colorScheme}: ${problem}`);
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
