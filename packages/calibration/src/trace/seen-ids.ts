/** Slots of the table: 16 MB, whatever the size of the file. */
const slots = 2 ** 21;
/** Beyond this share of full slots, finding a free one takes too long. */
const fullest = 0.75;

/** Remembers ids in a fixed amount of memory. */
export interface SeenIds {
  /** True when the id was added before. Ids beyond {@link SeenIds.capacity} are not remembered. */
  add(id: string): boolean;
  /** How many ids can be remembered. */
  readonly capacity: number;
}

/**
 * A table of 53-bit hashes of ids. Two different ids are taken for one with a probability of about n²/2^54: one in 18,000 for a million ids.
 */
export function createSeenIds(): SeenIds {
  const table = new Float64Array(slots);
  const capacity = Math.floor(slots * fullest);
  let size = 0;
  return {
    capacity,
    add(id) {
      const hash = hash53(id);
      let slot = hash % slots;
      while (table[slot] !== 0) {
        if (table[slot] === hash) return true;
        slot = (slot + 1) % slots;
      }
      if (size < capacity) {
        table[slot] = hash;
        size++;
      }
      return false;
    },
  };
}

/** Two 32-bit FNV-1a hashes with different starts, together 53 bits; never 0. Noll, "FNV hash", public domain. */
function hash53(text: string): number {
  let low = 0x811c9dc5;
  let high = 0xcbf29ce4;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ (code + index), 0x01000193);
  }
  return ((high >>> 0) & 0x1fffff) * 0x1_0000_0000 + (low >>> 0) + 1;
}
