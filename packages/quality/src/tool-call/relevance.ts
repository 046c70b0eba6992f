import { lastUserText, type ModelRequest, type ToolDefinition } from '@cascadeflow/contract';

/** How well the tools on offer fit what the user asks. */
export interface Relevance {
  /** Fit of the best tool, 0 to 1. */
  readonly best: number;
  /** Name of that tool. */
  readonly tool?: string;
}

/** Characters of the last turn that are compared. */
const cap = 4000;
/** Characters by which words are compared, so that `converts` meets `conversion`. */
const stem = 5;
/** Words of tool descriptions that fit any request. */
const stopWords = new Set('the and for with from this that given get set all any are not use used using data value values function tool returns return based information specific particular provide provided user'.split(' '));

const wordsOfTool = new WeakMap<ToolDefinition, { readonly name: ReadonlySet<string>; readonly all: ReadonlySet<string> }>();

function stems(text: string): Set<string> {
  const found = new Set<string>();
  for (const word of text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    if (word.length > 2 && !stopWords.has(word)) found.add(word.slice(0, stem));
  }
  return found;
}

function toolWords(tool: ToolDefinition): { readonly name: ReadonlySet<string>; readonly all: ReadonlySet<string> } {
  let known = wordsOfTool.get(tool);
  if (!known) {
    const name = stems(tool.name);
    const properties = Object.entries((tool.parameters['properties'] ?? {}) as { [key: string]: { description?: string } | undefined });
    const about = properties.map(([key, schema]) => `${key} ${schema?.description ?? ''}`).join(' ');
    known = { name, all: new Set([...name, ...stems(tool.description ?? ''), ...stems(about.slice(0, cap))]) };
    wordsOfTool.set(tool, known);
  }
  return known;
}

function share(of: ReadonlySet<string>, within: ReadonlySet<string>): number {
  if (of.size === 0) return 0;
  let hits = 0;
  for (const entry of of) if (within.has(entry)) hits++;
  return hits / of.size;
}

/**
 * Says how well the best of the tools fits the last user turn, by shared word stems of names, descriptions and parameters. A coarse measure that
 * only informs: it tells a request for the weather beside a weather tool from one beside a currency tool.
 */
export function readRelevance(request: ModelRequest, tools: readonly ToolDefinition[] = request.tools ?? []): Relevance {
  const asked = stems(lastUserText(request.messages).slice(0, cap));
  let best: Relevance = { best: 0 };
  for (const tool of tools) {
    const { name, all } = toolWords(tool);
    const fit = 0.6 * share(name, asked) + 0.4 * Math.min(1, (2 * share(asked, all)));
    if (fit > best.best) best = { best: fit, tool: tool.name };
  }
  return best;
}
