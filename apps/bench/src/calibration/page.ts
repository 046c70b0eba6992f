import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a browser makes of a report page at one width. */
export interface PageFindings {
  readonly width: number;
  /** Errors and warnings of the console. */
  readonly complaints: readonly string[];
  /** Addresses beyond the page itself. */
  readonly requests: readonly string[];
  /** Marks drawn in each chart. */
  readonly marks: readonly number[];
  /** Pixels that the page is too wide. */
  readonly overflow: number;
}

/** Where Debian and others put Chromium. */
const browsers = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Opens a page in headless Chromium at phone and desk width; `undefined` where no browser is installed. */
export async function openPage(html: string): Promise<PageFindings[] | undefined> {
  const executablePath = browsers.find((path) => existsSync(path));
  if (executablePath === undefined) return undefined;
  const { chromium } = await import('playwright-core');
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-page-'));
  const file = join(folder, 'report.html');
  writeFileSync(file, html);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const findings: PageFindings[] = [];
    for (const width of [390, 1280]) {
      const page = await browser.newPage({ viewport: { width, height: 900 } });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => requests.push(request.url()));
      const address = pathToFileURL(file).href;
      await page.goto(address);
      const marks = await page.locator('svg.chart').evaluateAll((charts) => charts.map((chart) => chart.querySelectorAll('circle, rect, polyline').length));
      const overflow = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth);
      findings.push({ width, complaints, requests: requests.filter((each) => each !== address), marks, overflow });
    }
    return findings;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}
