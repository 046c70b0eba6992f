import type { Embedder, ModelRequest } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import plain from '../../fixtures/plain-prompts.json' with { type: 'json' };
import exemplars from '../weights/exemplars.json' with { type: 'json' };
import { estimateComplexity } from '../complexity/assess-complexity.ts';
import { assessDomain } from './assess-domain.ts';
import { createMeaning } from './meaning.ts';

const fixture = plain as {
  prompts: { [domain: string]: string[] };
  traps: { prompt: string; not: string[] }[];
};
const ask = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content: text }], ...more });

it('answers at once after the first call', async () => {
  await assessDomain(ask('hello'));
  expect(assessDomain(ask('hello'))).not.toBeInstanceOf(Promise);
});

it('tells the domains of plain prompts apart', async () => {
  let hits = 0;
  let rows = 0;
  for (const [domain, prompts] of Object.entries(fixture.prompts)) {
    for (const prompt of prompts) {
      rows++;
      if ((await assessDomain(ask(prompt))).label === domain) hits++;
    }
  }
  expect(rows).toBe(150);
  expect(hits / rows).toBeGreaterThanOrEqual(0.8);
});

it.each(['Tell me a letter', 'my computer', 'We sat together'])('is not misled by a word inside a word: %s', async (prompt) => {
  const trap = fixture.traps.find((entry) => entry.prompt === prompt);
  expect(trap?.not).not.toContain((await assessDomain(ask(prompt))).label);
});

it('tells images by the parts of the message, not by words', async () => {
  const image = { role: 'user', content: [{ type: 'text', text: 'solve 2x = 4' }, { type: 'image', url: 'https://example.org/a.png' }] } as const;
  expect(await assessDomain({ messages: [image] })).toMatchObject({ label: 'multimodal', confidence: 1 });
  expect((await assessDomain(ask('describe an image of a cat in a photo gallery'))).label).not.toBe('multimodal');
});

it('admits that it knows nothing about a turn without letters', async () => {
  expect(await assessDomain(ask('!!'))).toEqual({ label: 'general', confidence: 0 });
});

it('leans to tools when tools are on offer', async () => {
  const tools = [{ name: 'get_weather', parameters: { type: 'object' } }];
  const text = 'Find the area of a circle with a radius of 5 units';
  const share = async (request: ModelRequest) => (await assessDomain(request)).top?.find((entry) => entry.label === 'tool')?.probability ?? 0;
  expect(await share(ask(text, { tools }))).toBeGreaterThan(await share(ask(text)));
});

it('lists the three likeliest domains, best first', async () => {
  const { label, confidence, top } = await assessDomain(ask('what are the side effects of aspirin'));
  expect(label).toBe('medical');
  expect(top).toHaveLength(3);
  expect(top?.[0]).toEqual({ label, probability: confidence });
  expect(top?.[1]?.probability).toBeLessThanOrEqual(confidence);
});

it('mixes in the meaning that an embedder sees', async () => {
  /** Maps the examples of law and the request to one axis, all else to another. */
  const embedder: Embedder = {
    contract: 'v1', id: 'axes', dimensions: 2,
    embed: async (texts) => texts.map((text) => (text === 'the landlord matter' || exemplars.exemplars.legal.includes(text) ? new Float32Array([1, 0]) : new Float32Array([0, 1]))),
  };
  const request = ask('the landlord matter');
  const plain = (await assessDomain(request)).top?.find((entry) => entry.label === 'legal')?.probability ?? 0;
  const mixed = (await createMeaning(embedder).assess(request)).domain.top?.find((entry) => entry.label === 'legal')?.probability ?? 0;
  expect(mixed).toBeGreaterThan(plain * 0.8 + 0.1);
});

it('lets the nearest example prompts speak about the level', async () => {
  /** Maps the examples of one level and the request to one axis, all else to another. */
  const leaning = (level: 'trivial' | 'expert'): Embedder => ({
    contract: 'v1', id: 'axes', dimensions: 2,
    embed: async (texts) => texts.map((text) => (text === 'the matter at hand' || exemplars.levels[level].includes(text) ? new Float32Array([1, 0]) : new Float32Array([0, 1]))),
  });
  const request = ask('the matter at hand');
  const failure = async (level: 'trivial' | 'expert') => (await createMeaning(leaning(level)).assess(request)).failure ?? 0;
  expect(await failure('trivial')).toBeCloseTo(0.03, 2);
  expect(await failure('expert')).toBeCloseTo(0.72, 2);
  const byForm = estimateComplexity(request).expectedFailure ?? 0;
  expect(estimateComplexity(request, undefined, 0.72).expectedFailure).toBeCloseTo(0.85 * byForm + 0.15 * 0.72, 5);
});

it('goes by words alone while the embedder fails, and asks it again', async () => {
  let down = true;
  const embedder: Embedder = {
    contract: 'v1', id: 'shaky', dimensions: 2,
    embed: async (texts) => {
      if (down) throw new Error('down');
      return texts.map(() => new Float32Array([1, 0]));
    },
  };
  const meaning = createMeaning(embedder);
  const request = ask('what are the side effects of aspirin');
  expect(await meaning.assess(request)).toEqual({ domain: await assessDomain(request) });
  down = false;
  expect((await meaning.assess(request)).failure).toBeGreaterThan(0);
});
