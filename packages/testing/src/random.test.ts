import { describe, expect, it } from 'vitest';
import { chunkText, randomChunks, splitBytes } from './chunking.ts';
import { seededRandom } from './random.ts';

describe('seededRandom', () => {
  it('repeats itself for a seed and differs between near seeds', () => {
    const draw = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 5 }, () => random.next());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('is uniform, and log-normal round its median', () => {
    const random = seededRandom(1);
    const draws = 20_000;
    let sum = 0;
    let below = 0;
    const buckets = new Array<number>(10).fill(0);
    for (let draw = 0; draw < draws; draw++) {
      const value = random.next();
      sum += value;
      buckets[Math.floor(value * 10)]!++;
      if (random.logNormal(300, 0.5) < 300) below++;
    }
    expect(sum / draws).toBeCloseTo(0.5, 1);
    expect(below / draws).toBeCloseTo(0.5, 1);
    for (const bucket of buckets) expect(Math.abs(bucket - draws / 10)).toBeLessThan(200);
  });

  it('draws whole numbers from both ends and refuses an empty list', () => {
    const random = seededRandom(3);
    const seen = new Set(Array.from({ length: 200 }, () => random.integer(1, 3)));
    expect(seen).toEqual(new Set([1, 2, 3]));
    expect(() => random.pick([])).toThrow(RangeError);
  });
});

describe('chunking', () => {
  const text = 'Grüße 你好 👩‍👩‍👧 and  two spaces ';

  it('joins to the text again, however it is cut', () => {
    const random = seededRandom(5);
    for (const chunking of [1, 3, 'whole', 'words'] as const) expect(chunkText(text, chunking).join('')).toBe(text);
    for (let round = 0; round < 100; round++) expect(randomChunks(text, random).join('')).toBe(text);
    expect(chunkText('   ', 'words')).toEqual(['   ']);
    expect(() => chunkText('a', 0)).toThrow(RangeError);
  });

  it('never cuts a character at random', () => {
    const random = seededRandom(6);
    for (let round = 0; round < 100; round++) for (const chunk of randomChunks('👍👎', random)) expect(chunk).toMatch(/^(👍|👎)*$/u);
  });

  it('splits bytes anywhere', () => {
    const bytes = new TextEncoder().encode('é!');
    expect(splitBytes(bytes, [2, 1, 1, 99]).map((piece) => piece.length)).toEqual([1, 1, 1]);
  });
});
