import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const REFERENCE = /\s(?:href|src)="([^"]+)"/g;
const ANCHOR = /\s(?:id|name)="([^"]+)"/g;

/** The HTML pages of a built site, as paths from its folder. */
export function pagesOf(site: string): string[] {
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
    .map((entry) => relative(site, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/** References of a built site that lead to no file or anchor of it, one line each. */
export function findDeadReferences(site: string): string[] {
  const anchors = new Map<string, Set<string>>();
  const anchorsOf = (page: string): Set<string> => {
    let known = anchors.get(page);
    if (!known) anchors.set(page, (known = new Set([...readFileSync(join(site, page), 'utf8').matchAll(ANCHOR)].map(([, id = '']) => id))));
    return known;
  };
  return pagesOf(site).flatMap((page) =>
    [...new Set([...readFileSync(join(site, page), 'utf8').matchAll(REFERENCE)].map(([, target = '']) => target))].flatMap((reference) => {
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(reference)) return [];
      const [path = '', anchor] = decodeURIComponent(reference.replaceAll('&amp;', '&')).split('#');
      const target = path === '' ? page : join(dirname(page), path.split('?')[0] ?? '');
      if (!existsSync(join(site, target))) return [`${page}: ${reference} leads to no file`];
      return anchor && target.endsWith('.html') && !anchorsOf(target).has(anchor) ? [`${page}: ${reference} leads to no anchor`] : [];
    }),
  );
}
