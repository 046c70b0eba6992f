import { expect, test } from 'vitest';
import '../signals/table.ts';
import { countMatches, gatedPatterns, mark, mayMatch, scanText } from './gates.ts';
import { sampleMatch } from './match-doubles.ts';

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

test('there is a bit for every gated pattern', () => {
  expect(gatedPatterns.length).toBeGreaterThan(20);
  expect(gatedPatterns.length).toBeLessThanOrEqual(64);
  expect(new Set(gatedPatterns.map(({ place }) => place)).size).toBe(gatedPatterns.length);
});

test('no gate is closed before a text that its pattern matches', () => {
  const random = dice(7);
  let matches = 0;
  for (const entry of gatedPatterns) {
    const pattern = new RegExp(entry.pattern.source, entry.pattern.flags.replace('g', ''));
    let found = 0;
    for (let round = 0; round < 400; round++) {
      const core = sampleMatch(entry.pattern.source, random);
      const text = [core, `He said ${core}, so`, `- x\n${core}\n`, core.toUpperCase(), `${core}s 4 you_`][round % 5] as string;
      if (!pattern.test(text)) continue;
      found++;
      if (!mayMatch(entry, scanText(text))) expect.fail(`${entry.pattern.source.slice(0, 60)} matches ${JSON.stringify(text)}, but its gate is closed`);
    }
    if (found < 40) expect.fail(`only ${found} samples of ${entry.pattern.source.slice(0, 60)} match`);
    matches += found;
  }
  expect(matches).toBeGreaterThan(3000);
});

test('gates close before text that has nothing of what is needed, and stand open before other scripts', () => {
  const gates = scanText('Canberra became capital');
  expect(gatedPatterns.filter((entry) => mayMatch(entry, gates)).length).toBeLessThan(4);
  expect(gatedPatterns.every((entry) => mayMatch(entry, scanText('Wahrscheinlich schön')))).toBe(true);
  const [entry] = gatedPatterns.filter(({ pattern }) => pattern.flags.includes('g'));
  if (entry) expect(countMatches(entry, { first: 0, second: 0, marks: 0, isAscii: true, sentenceEnds: 0 }, 'any text')).toBe(0);
});

test('one pass tells what stands in a text', () => {
  expect(scanText('Is 3 > 2? Yes. It is (see v1.5)!')).toMatchObject({ isAscii: true, sentenceEnds: 3, marks: mark.digit | mark.angle | mark.question | mark.round });
  expect(scanText('no sentence')).toMatchObject({ sentenceEnds: 0, marks: 0 });
  expect(scanText('café')).toMatchObject({ isAscii: false, first: -1, second: -1, marks: -1 });
});
