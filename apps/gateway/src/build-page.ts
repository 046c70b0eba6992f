import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Where the published command looks for the page. */
export const pageFolder: string = join(import.meta.dirname, '../../../packages/cascadeflow/dist/dashboard');

/** Builds the page into a folder: `index.html`, `app.js`, `app.css` and `icon.svg`, all that is ever asked for. */
export async function buildPage(folder: string = pageFolder): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { app: join(import.meta.dirname, 'main.tsx') },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  });
  for (const name of ['index.html', 'icon.svg']) await copyFile(join(import.meta.dirname, name), join(folder, name));
}
