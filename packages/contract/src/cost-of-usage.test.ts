import { expect, it } from 'vitest';
import { costOfUsage } from './cost-of-usage.ts';
import type { Price, Usage } from './price.ts';

const plain: Price = { input: 3, output: 15 };
const short = { input: 3, output: 15, cachedInput: 0.3, cacheWrite: 3.75, cacheWriteHour: 6 };
const stepped: Price = { ...short, longPrompt: { above: 200_000, input: 6, output: 22.5, cachedInput: 0.6, cacheWrite: 7.5, cacheWriteHour: 12 } };

it.each<readonly [string, Usage, Price, number]>([
  ['two kinds', { input: 1000, output: 100 }, plain, 0.0045],
  ['kinds without a rate of their own', { input: 1000, cachedInput: 1000, cacheWrite: 1000, cacheWriteHour: 500, output: 100, reasoning: 100 }, plain, 0.012],
  ['writes of minutes and of an hour', { input: 0, cacheWrite: 3000, cacheWriteHour: 1000, output: 0 }, short, 0.0135],
  ['more hours than writes, which cannot be', { input: 0, cacheWrite: 1000, cacheWriteHour: 4000, output: 0 }, short, 0.006],
  ['a prompt just short of the step', { input: 150_000, cachedInput: 50_000, output: 1000 }, stepped, 0.48],
  ['a prompt beyond it, all tokens of which cost more', { input: 150_000, cachedInput: 50_001, output: 1000 }, stepped, 0.9525006],
  ['cache writes count as prompt', { input: 1, cacheWrite: 200_000, cacheWriteHour: 100_000, output: 0 }, stepped, 1.950006],
  ['a price per call, whatever its length', { input: 0, output: 0 }, { ...plain, perRequest: 0.005 }, 0.005],
])('%s', (_name, usage, price, usd) => expect(costOfUsage(usage, price)).toBeCloseTo(usd, 12));

it('is unknown where the vendor reported nothing', () => expect(costOfUsage({ reasoning: 5 }, plain)).toBeUndefined());
