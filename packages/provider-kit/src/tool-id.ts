/** What a vendor accepts as the id of a tool call. */
export interface ToolIdRule {
  readonly pattern: RegExp;
  /** Length of the ids that are made up. */
  readonly length: number;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/**
 * Translates tool call ids for one request: ids the vendor accepts stay, others get a stand-in that is the same wherever the id occurs,
 * and the same in every request, so that prompt caches stay warm.
 */
export function createToolIdMap(rule: ToolIdRule | undefined): (id: string) => string {
  if (!rule) return (id) => id;
  const known = new Map<string, string>();
  return (id) => {
    if (rule.pattern.test(id)) return id;
    const found = known.get(id) ?? hashId(id, rule.length);
    known.set(id, found);
    return found;
  };
}

/** Makes an id for a call that came without one; `seed` makes it unlike others of the same answer. */
export function makeToolId(seed: string, position: number): string {
  return `call_${hashId(`${seed}:${position}`, 20)}`;
}

/** FNV-1a, stretched: not secret, only spread evenly. */
function hashId(text: string, length: number): string {
  let hash = 0x811c9dc5;
  let id = '';
  for (let round = 0; id.length < length; round++) {
    for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    hash = Math.imul(hash ^ round, 0x01000193);
    id += alphabet[(hash >>> 8) % alphabet.length];
  }
  return id;
}
