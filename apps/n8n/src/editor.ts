import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Unavailable } from '@cascadeflow/real/workshop';
import { chromium, type Locator, type Page } from 'playwright-core';
import type { Host } from './host.ts';

/** Longest time the server may take to be ready, and the editor to show a workflow, in milliseconds: its first page is several megabytes. */
const slowMs = 240_000;

/** Longest time for anything else in the editor. */
const stepMs = 60_000;

const owner = { email: 'owner@example.com', firstName: 'Ada', lastName: 'Byron', password: 'Cascade-4711' };

/** n8n's editor in a browser without a screen. */
export interface Editor {
  readonly page: Page;
  /** What the browser complained of so far. */
  readonly problems: readonly string[];
  /** Folder of the pictures. */
  readonly shots: string;
  /** Opens a workflow by its id. */
  open(id: string): Promise<void>;
  /** A node on the canvas, by its name. */
  node(name: string): Locator;
  /** Opens the panel of a node. */
  openPanel(name: string): Promise<Locator>;
  closePanel(): Promise<void>;
  shoot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** A part of the editor by the name n8n's own tests give it. */
export const part = (name: string) => `[data-test-id="${name}"]`;

/** Starts n8n's server, makes its owner and opens the editor. `N8N_SHOTS` names a folder for the pictures. */
export async function openEditor(host: Host): Promise<Editor> {
  const executablePath = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path !== undefined && existsSync(path));
  if (executablePath === undefined) throw new Unavailable('no Chromium was found; CHROMIUM may name one');
  const shots = process.env['N8N_SHOTS'] ?? mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-shots-'));
  mkdirSync(shots, { recursive: true });
  const server = await host.start();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const close = async () => {
    await browser.close();
    await server.close();
  };
  try {
    const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
    context.setDefaultTimeout(stepMs);
    await untilReady(server.url);
    // The answer's cookie stays in the context: the owner is logged in.
    const made = await context.request.post(`${server.url}/rest/owner/setup`, { data: owner });
    if (!made.ok()) throw new Error(`n8n made no owner: ${made.status()} ${await made.text()}`);
    // n8n asks npm about a community node's package; nothing here leaves the machine.
    await context.route((url) => url.origin !== server.url && /^https?:|^wss?:/.test(url.protocol), (route) => route.fulfill({ status: 200, contentType: 'application/json', body: '{}' }));
    const page = await context.newPage();
    const problems: string[] = [];
    // The editor asks for a sample of every node's output, and n8n has one for few.
    const expected = (url: string) => url.startsWith(`${server.url}/schemas/`);
    page.on('console', (message) => void (message.type() === 'error' && !expected(message.location().url) && problems.push(`console: ${message.text()} ${message.location().url}`)));
    page.on('pageerror', (error) => void problems.push(`script: ${error.message}`));
    page.on('response', (response) => void (response.status() >= 400 && !expected(response.url()) && problems.push(`${response.status()} for ${response.url()}`)));
    const node = (name: string) => page.locator(`${part('canvas-node')}[data-node-name="${name}"]`);
    return {
      page,
      problems,
      shots,
      node,
      async open(id) {
        await page.goto(`${server.url}/workflow/${id}`, { waitUntil: 'commit', timeout: slowMs });
        await page.locator(part('canvas-node')).first().waitFor({ timeout: slowMs });
      },
      async openPanel(name) {
        await node(name).dblclick();
        const panel = page.locator(part('ndv'));
        await panel.locator(part('node-parameters')).waitFor();
        return panel;
      },
      async closePanel() {
        await page.locator(part('ndv-close-button')).click();
        await page.locator(part('ndv')).waitFor({ state: 'hidden' });
      },
      shoot: async (name) => void (await page.screenshot({ path: join(shots, `${name}.png`) })),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The server answers while it still migrates its database; its settings come last. */
async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + slowMs;
  while (!(await fetch(`${url}/rest/settings`).then((answer) => answer.ok, () => false))) {
    if (performance.now() > deadline) throw new Error('n8n was not ready in time');
    await new Promise((wake) => setTimeout(wake, 500));
  }
}
