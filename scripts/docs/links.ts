import { dirname, join, normalize } from 'node:path';

/** A page's text without code, where a bracket is no link. */
function withoutCode(page: string): string {
  return page.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/^ {4}.*$/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

const LINK = /\[[^\]]*\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)/g;

/** The addresses a Markdown page links to, images included. */
export function findLinks(page: string): string[] {
  return [...withoutCode(page).matchAll(LINK)].map(([, target = '']) => target);
}

/** The anchors of a page's headings, as GitHub and TypeDoc make them: lower case, spaces to hyphens, signs dropped. */
export function findAnchors(page: string): Set<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const [, heading = ''] of page.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/^#{1,6}\s+(.+?)\s*$/gm)) {
    const slug = heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-');
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    anchors.add(count === 0 ? slug : `${slug}-${count}`);
  }
  return anchors;
}

/**
 * Links inside the repository that lead nowhere, one line each. `read` gives the text of a page, `''` for another file or a folder that is there, and
 * `undefined` for what is not. Addresses elsewhere are not called.
 */
export function findBrokenLinks(path: string, page: string, read: (path: string) => string | undefined): string[] {
  return findLinks(page).flatMap((link) => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return [];
    const [file = '', anchor] = decodeURIComponent(link).split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    const text = file === '' ? page : read(target);
    if (text === undefined) return [`${path}: ${link} leads to no file`];
    return anchor !== undefined && target.endsWith('.md') && !findAnchors(text).has(anchor) ? [`${path}: ${link} leads to no heading`] : [];
  });
}
