import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GatewayRequest, Reply } from '@cascadeflow/gateway';

/** The page's paths, with the file that answers each. */
const files: { readonly [path: string]: readonly [file: string, type: string] } = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/dashboard/app.js': ['app.js', 'text/javascript; charset=utf-8'],
  '/dashboard/app.css': ['app.css', 'text/css; charset=utf-8'],
  '/dashboard/icon.svg': ['icon.svg', 'image/svg+xml'],
};

/** The page runs its own script, asks its own gateway, and nothing else; nobody may frame it. */
const headers = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
};

/** Beside the built command, or where a build puts it when the command runs from its sources. */
const places = ['./dashboard/', '../../dist/dashboard/'].map((place) => fileURLToPath(new URL(place, import.meta.url)));

const notBuilt = 'The dashboard of this checkout has not been built. Run `pnpm build` once, or `node apps/gateway/scripts/build.ts`, and load this page again. The figures are at /admin/summary and /admin/runs all the same.\n';

/**
 * Answers the dashboard's paths; undefined for any other. The page holds no figures, so everybody may have it: it asks /admin for them, with the
 * operator's key.
 */
export function answerDashboard(request: Pick<GatewayRequest, 'method' | 'url' | 'headers'>): Promise<Reply> | undefined {
  if (request.method !== 'GET' && request.method !== 'HEAD') return undefined;
  const { pathname } = new URL(request.url);
  const [file, type] = (Object.hasOwn(files, pathname) ? files[pathname] : undefined) ?? [];
  return file === undefined || type === undefined ? undefined : answerFile(request, file, type);
}

async function answerFile(request: Pick<GatewayRequest, 'method' | 'headers'>, file: string, type: string): Promise<Reply> {
  const folder = places.find((place) => existsSync(place));
  const text = folder === undefined ? undefined : await readFile(join(folder, file), 'utf8').catch(() => undefined);
  if (text === undefined) return { status: 503, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: notBuilt };
  const etag = `"${createHash('sha256').update(text).digest('base64url')}"`;
  if (request.headers.get('if-none-match') === etag) return { status: 304, headers: { ...headers, etag }, body: null };
  return { status: 200, headers: { ...headers, etag, 'content-type': type }, body: request.method === 'HEAD' ? null : text };
}
