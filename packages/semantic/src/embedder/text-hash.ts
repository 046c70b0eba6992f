/**
 * A hash of texts for use as a cache key within one process: four 32-bit multiply-xor lanes over UTF-16 code units and
 * the length, seeded at random, so that texts that collide cannot be prepared in advance.
 */
export function createTextHash(): (text: string) => string {
  const seeds = crypto.getRandomValues(new Uint32Array(4));
  return (text) => {
    let a = seeds[0]!, b = seeds[1]!, c = seeds[2]!, d = seeds[3]!;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      a = Math.imul(a ^ code, 0x85ebca6b);
      b = Math.imul(b ^ code, 0xc2b2ae35);
      c = Math.imul(c ^ (code + a), 0x27d4eb2f);
      d = Math.imul(d ^ (code + (b >>> 7)), 0x165667b1);
    }
    return String.fromCharCode(...[a, b, c, d].flatMap((lane) => [(lane ^ (lane >>> 15)) & 0xffff, lane >>> 16])) + text.length;
  };
}
