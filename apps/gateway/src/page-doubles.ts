import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';

/** Chromium, from `CHROMIUM` or where Debian puts it. */
export const chromiumPath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path !== undefined && existsSync(path));

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page with everything it did wrong so far. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Console, scripts, calls elsewhere. */
  readonly problems: string[];
  /** What is wrong with what is shown now: the above, sideways scrolling, serious findings of axe. `DASHBOARD_SHOTS` names a folder for pictures. */
  look(name: string): Promise<readonly string[]>;
}

interface AxeResults {
  readonly violations: readonly { readonly id: string; readonly impact: string | null; readonly help: string; readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[] }[];
}

/** Opens an empty page that is watched. */
export async function watchPage(browser: Browser, origin: string, width: number, colorScheme: 'light' | 'dark'): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => void (['error', 'warning'].includes(message.type()) && problems.push(`console: ${message.text()}`)));
  page.on('pageerror', (error) => void problems.push(`script: ${error.message}`));
  page.on('request', (request) => void (new URL(request.url()).origin !== origin && problems.push(`asks elsewhere: ${request.url()}`)));
  return {
    page,
    context,
    problems,
    async look(name) {
      const folder = process.env['DASHBOARD_SHOTS'];
      if (folder !== undefined) {
        mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: (await page.locator('dialog[open]').count()) === 0 });
      }
      const found = [...problems];
      const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (tooWide > 1) found.push(`scrolls sideways by ${tooWide} pixels`);
      await page.evaluate(axe);
      const { violations } = (await page.evaluate(() => (globalThis as unknown as { axe: { run(): Promise<unknown> } }).axe.run())) as AxeResults;
      for (const { id, impact, help, nodes } of violations) {
        if (impact === 'serious' || impact === 'critical') found.push(`axe, ${impact}: ${id}, ${help} (${nodes.length} times, first ${String(nodes[0]?.target[0])}: ${nodes[0]?.failureSummary ?? ''})`);
      }
      return found.map((problem) => `${name} at ${width}, ${colorScheme}: ${problem}`);
    },
  };
}

/** How many different colours each canvas of the page holds: one that was drawn has several. */
export function coloursOfCanvases(page: Page): Promise<number[]> {
  return page.locator('canvas').evaluateAll((canvases) =>
    canvases.map((canvas) => {
      // Read from a copy that is made to be read: Chromium warns of a picture that is read more than once.
      const { width, height } = canvas as HTMLCanvasElement;
      const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
      if (!copy) return 0;
      copy.drawImage(canvas as HTMLCanvasElement, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      const seen = new Set<number>();
      for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      return seen.size;
    }),
  );
}
