import { costOfUsage } from '@cascadeflow/contract';
import { calcPrice } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { fromGenaiPrices } from './from-genai-prices.ts';
import { priceData } from './price-data.ts';
import { bundledPrices, findListed, findPrice } from './price-table.ts';

describe('the bundled table', () => {
  it('is dated, sourced and small', () => {
    const table = bundledPrices();
    expect(table.asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(table.source).toBe('genai-prices');
    expect(Object.keys(table.vendors).length).toBeGreaterThan(15);
    // Every provider imports it as text; a table that grows unseen would be paid for by everybody.
    expect(priceData.length).toBeLessThan(100_000);
  });

  it('has no price below zero, and cached input never dearer than fresh', () => {
    for (const [vendor, rows] of Object.entries(bundledPrices().vendors)) {
      for (const [match, input, output, cached] of rows) {
        expect(Math.min(input, output), `${vendor} ${JSON.stringify(match)}`).toBeGreaterThanOrEqual(0);
        if (cached !== null) expect(cached, `${vendor} ${JSON.stringify(match)}`).toBeLessThanOrEqual(input);
      }
    }
  });

  it.each([
    ['openai', 'gpt-4o-mini', 0.15, 0.6, 0.075],
    ['openai', 'gpt-4o-2024-08-06', 2.5, 10, 1.25],
    ['openai', 'o3', 2, 8, 0.5],
    ['anthropic', 'claude-haiku-4-5', 1, 5, 0.1],
    ['anthropic', 'claude-haiku-4-5-20251001', 1, 5, 0.1],
    ['deepseek', 'deepseek-chat', 0.27, 1.1, 0.07],
    ['groq', 'openai/gpt-oss-120b', 0.15, 0.6, 0.075],
  ])('%s %s', (vendor, model, input, output, cachedInput) => {
    expect(findPrice([vendor], model, undefined)).toMatchObject({ input, output, cachedInput });
  });

  it('agrees with its source on real calls', () => {
    const timestamp = new Date(`${bundledPrices().asOf}T12:00:00Z`);
    for (const [providerId, model] of [['openai', 'gpt-4.1'], ['openai', 'gpt-5-mini'], ['anthropic', 'claude-sonnet-4-6'], ['groq', 'qwen/qwen3-32b'], ['together', 'mistralai/Mixtral-8x7B-Instruct-v0.1'], ['mistral', 'mistral-large-latest'], ['x-ai', 'grok-4-fast-reasoning'], ['google', 'gemini-2.5-flash']] as const) {
      const expected = calcPrice({ input_tokens: 12_000, output_tokens: 3_000 }, model, { providerId, timestamp });
      const price = findPrice([providerId], model, undefined);
      if (!expected) throw new Error(`the source has no ${model}`);
      expect((12_000 * (price?.input ?? Number.NaN) + 3_000 * (price?.output ?? Number.NaN)) / 1e6, model).toBeCloseTo(expected.total_price, 12);
    }
  });

  it('agrees with its source on long prompts, cached and written', () => {
    const timestamp = new Date(`${bundledPrices().asOf}T12:00:00Z`);
    for (const [providerId, model] of [['google', 'gemini-2.5-pro'], ['anthropic', 'claude-sonnet-4-5'], ['anthropic', 'claude-sonnet-4-6'], ['openai', 'gpt-5.6-sol'], ['x-ai', 'grok-4.3']] as const) {
      for (const [input, cachedInput, cacheWrite] of [[100_000, 20_000, 10_000], [150_000, 50_000, 0], [199_999, 0, 1], [250_000, 50_000, 30_000]] as const) {
        const tokens = { input_tokens: input + cachedInput + cacheWrite, cache_read_tokens: cachedInput, cache_write_tokens: cacheWrite, output_tokens: 3_000 };
        const price = findPrice([providerId], model, undefined);
        const expected = calcPrice(tokens, model, { providerId, timestamp });
        if (!expected || !price) throw new Error(`the source has no ${model}`);
        expect(costOfUsage({ input, cachedInput, cacheWrite, output: 3_000 }, price), `${model}, ${tokens.input_tokens} tokens`).toBeCloseTo(expected.total_price, 9);
      }
    }
  });

  it('knows what keeping a prompt for an hour costs', () => {
    expect(findPrice(['anthropic'], 'claude-sonnet-4-6', undefined)).toMatchObject({ input: 3, cacheWrite: 3.75, cacheWriteHour: 6 });
  });

  it('knows context windows, and does not know what it does not know', () => {
    expect(findListed('openai', 'gpt-4o')?.contextWindow).toBe(128_000);
    expect(findListed('openai', 'gpt-99')).toBeUndefined();
    expect(findListed('nobody', 'gpt-4o')).toBeUndefined();
  });
});

describe('findPrice', () => {
  it('takes the user’s own prices first, in either form', () => {
    expect(findPrice(['openai'], 'gpt-4o', { 'gpt-4o': 0.001 })).toEqual({ input: 1, output: 1 });
    expect(findPrice(['openai'], 'gpt-4o', { 'gpt-4o': { input: 1, output: 2 } })).toEqual({ input: 1, output: 2 });
    expect(findPrice(['openai'], 'toString', {})).toBeUndefined();
  });

  it('reads a newer table when one is handed in', () => {
    const table = { asOf: '2030-01-01', source: 'mine', vendors: { openai: [[{ equals: 'gpt-4o' }, 9, 9, null, null, null] as const] } };
    expect(findPrice(['openai'], 'gpt-4o', undefined, table)).toEqual({ input: 9, output: 9, asOf: '2030-01-01', source: 'mine' });
  });
});

describe('fromGenaiPrices', () => {
  it('takes the price in force on the day, with its step for long prompts, at the dearest hour', () => {
    const provider = {
      id: 'acme',
      models: [
        { match: { equals: 'dated' }, prices: [{ prices: { input_mtok: 10, output_mtok: 40 } }, { constraint: { type: 'start_date', start_date: '2026-06-01' }, prices: { input_mtok: 2, output_mtok: 8 } }] },
        { match: { equals: 'tiered' }, context_window: 10, prices: { input_mtok: { base: 3, tiers: [{ start: 200_000, price: 6 }] }, output_mtok: 15, cache_write_mtok: 3.75, cache_write_1h_mtok: 6, requests_kcount: 5 } },
        { match: { equals: 'hourly' }, prices: [{ prices: { input_mtok: 1, output_mtok: 1 } }, { constraint: { type: 'time_of_date' }, prices: { input_mtok: 2, output_mtok: 2 } }] },
        { match: { equals: 'audio' }, prices: { audio_hours: 1 } },
      ],
    };
    expect(fromGenaiPrices([provider, null, 'x'], '2026-05-31').vendors['acme']?.[0]?.slice(1, 3)).toEqual([10, 40]);
    expect(fromGenaiPrices([provider], '2026-06-01').vendors['acme']).toEqual([
      [{ equals: 'dated' }, 2, 8, null, null, null],
      [{ equals: 'tiered' }, 3, 15, null, 3.75, 10, { cacheWriteHour: 6, longPrompt: { above: 200_000, input: 6, output: 15, cacheWrite: 3.75, cacheWriteHour: 6 }, perRequest: 0.005 }],
      [{ equals: 'hourly' }, 2, 2, null, null, null],
    ]);
  });
});
