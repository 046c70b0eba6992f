import { readRegion } from './regions.ts';

/** Says where the code of the next fence stands: `<!-- code: docs/examples/tools/src/tools.ts#all -->`. */
const SAMPLE = /<!-- code: ([^\s#]+)#([\w-]+) -->\n+```(\w+)\n([\s\S]*?)```/g;
const FENCE = /^```(?:ts|typescript|tsx|js|javascript)\n/gm;

/** A page after its samples were filled in, and what is wrong with them. */
export interface FilledPage {
  readonly text: string;
  readonly problems: readonly string[];
}

/**
 * Fills the marked code fences of a page from the files they name. `read` gives a file's text, `undefined` when there is none.
 * Code in a fence without a mark is a problem, because nothing compiles it; `strict: false` lets it be.
 */
export function fillSamples(page: string, read: (path: string) => string | undefined, { strict = true } = {}): FilledPage {
  const problems: string[] = [];
  let marked = 0;
  const text = page.replaceAll(SAMPLE, (whole, path: string, region: string, language: string) => {
    marked++;
    const source = read(path);
    try {
      if (source === undefined) throw new Error('there is no such file');
      return `<!-- code: ${path}#${region} -->\n\`\`\`${language}\n${readRegion(source, region)}\n\`\`\``;
    } catch (error) {
      problems.push(`${path}#${region}: ${(error as Error).message}`);
      return whole;
    }
  });
  const fences = [...page.matchAll(FENCE)].length;
  if (strict && fences > marked) problems.push(`${fences - marked} of ${fences} code fences have no \`<!-- code: file#region -->\` before them`);
  return { text, problems };
}
