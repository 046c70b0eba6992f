import { describe, expect, it } from 'vitest';
import { maxQuotedCharacters, scrub } from './scrub.ts';

const none = { keys: [], texts: () => [] };

describe('scrub', () => {
  it('takes out the key, wherever it stands', () => {
    const secrets = { keys: ['my-odd-key'], texts: () => [] };
    expect(scrub('bad key my-odd-key in https://host/?k=my-odd-key', secrets)).toBe('bad key [key] in https://host/?k=[key]');
  });

  it('takes out what looks like a key, even when it is not ours', () => {
    expect(scrub('Incorrect API key provided: sk-proj-abc***xyz1.', none)).not.toMatch(/abc|xyz1/);
    expect(scrub('header Authorization: Bearer abc.def.ghi', none)).not.toContain('abc.def');
    expect(scrub('https://user:hunter2@host/path?api_key=topsecret&x=1', none)).not.toMatch(/hunter2|topsecret/);
    expect(scrub('gsk_0123456789abcdef and hf_abcdefghijkl', none)).toBe('[key] and [key]');
  });

  it('takes out what is quoted from the prompt, in whole or in part', () => {
    const texts = () => ['The patient is called Ada and suffers from gout.'];
    expect(scrub('Invalid content: "The patient is called Ada and suffers from gout."', { keys: [], texts })).toBe('Invalid content: "[…]"');
    expect(scrub('near: is called Ada and suff', { keys: [], texts })).not.toContain('Ada');
  });

  it('takes out a short prompt only where it is a word of its own', () => {
    expect(scrub("cannot read 'hush' in hushed tones", { keys: [], texts: () => ['hush'] })).toBe("cannot read '[…]' in hushed tones");
  });

  it('leaves the vendor’s own words', () => {
    const words = "Unsupported parameter: 'temperature' is not supported with this model.";
    expect(scrub(words, { keys: ['k-123456'], texts: () => ['What is the capital of France?'] })).toBe(words);
  });

  it('is short, and quick on long hostile input', () => {
    const started = performance.now();
    const clean = scrub('sk-'.repeat(50_000), { keys: ['x'.repeat(40)], texts: () => ['sk-'.repeat(50_000)] });
    expect(clean.length).toBeLessThanOrEqual(maxQuotedCharacters + 1);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
