import { cosine, lastUserText, type CallOptions, type Embedder, type Message, type ToolDefinition } from '@cascadeflow/contract';

/** How a tool list is cut. */
export interface PruneOptions extends CallOptions {
  readonly embedder: Embedder;
  /** Tools that are kept at least; shorter lists are not touched. Default {@link pruneKeep}. */
  readonly keep?: number;
  /** Names of tools that always stay. */
  readonly always?: readonly string[];
}

/** Tools kept by default. Chosen by hand: small models call tools reliably among about this many. */
export const pruneKeep = 12;

/** Tool vectors, kept as long as the tool objects live, for each embedder. */
const vectors = new WeakMap<Embedder, WeakMap<ToolDefinition, Float32Array>>();

/**
 * Keeps the tools that matter for the last user turn: those nearest to it in meaning, those already called in the conversation, and those that
 * always stay. The order of the list is kept, so that a vendor's prompt cache is disturbed as little as possible.
 */
export async function pruneTools<Tool extends ToolDefinition>(tools: readonly Tool[], messages: readonly Message[], options: PruneOptions): Promise<readonly Tool[]> {
  const keep = options.keep ?? pruneKeep;
  if (tools.length <= keep) return tools;
  const staying = new Set(options.always ?? []);
  for (const message of messages) if (message.role === 'assistant') for (const call of message.toolCalls ?? []) staying.add(call.name);
  const text = lastUserText(messages);
  const known = vectors.get(options.embedder) ?? new WeakMap<ToolDefinition, Float32Array>();
  vectors.set(options.embedder, known);
  const missing = tools.filter((tool) => !known.has(tool));
  const signal = options.signal && { signal: options.signal };
  const [asked, ...fresh] = await options.embedder.embed([text, ...missing.map((tool) => `${tool.name.replace(/[_.-]+/g, ' ')}: ${tool.description ?? ''}`)], signal);
  if (!asked) return tools;
  for (const [index, tool] of missing.entries()) {
    const vector = fresh[index];
    if (vector) known.set(tool, vector);
  }
  const near = (tool: Tool) => {
    const vector = known.get(tool);
    return vector ? cosine(asked, vector) : -1;
  };
  const ranked = tools.filter((tool) => !staying.has(tool.name)).sort((a, b) => near(b) - near(a));
  for (const tool of ranked.slice(0, Math.max(0, keep - staying.size))) staying.add(tool.name);
  return tools.filter((tool) => staying.has(tool.name));
}
