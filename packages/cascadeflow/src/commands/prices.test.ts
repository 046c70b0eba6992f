import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRawServer } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { cascade } from '../cascade.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';
import { readPriceList } from '../prices/price-list.ts';

const file = join(mkdtempSync(join(tmpdir(), 'cascadeflow-prices-')), 'prices.json');
const prices = async (...args: string[]) => {
  const io = testIo();
  const code = await main(['prices', ...args], io);
  return { code, ...io.written };
};
const published = [
  { id: 'openai', models: [{ match: { equals: 'gpt-5' }, prices: { input_mtok: { base: 7, tiers: [{ start: 1000, price: 14 }] }, output_mtok: 9 } }] },
  { id: 'somebody-else', models: [{ match: { equals: 'x' }, prices: { input_mtok: 1, output_mtok: 1 } }] },
];

it('shows what the bundled list knows, and says what it does not', async () => {
  const { code, out } = await prices('openai/gpt-4o-mini', 'anthropic/claude-sonnet-4-5');
  expect(code).toBe(ExitCode.ok);
  expect(out).toMatch(/openai\/gpt-4o-mini +0\.15 +0\.075 +0\.15 +0\.6/);
  expect(out).toMatch(/claude-sonnet-4-5 +3 +0\.3 +3\.75 +15 +6 kept for an hour; 6 in, 22\.5 out above 200000 tokens/);
  expect(await prices('openai/gpt-99')).toMatchObject({ code: ExitCode.failed, out: expect.stringContaining('unknown') as string });
});

it('writes a newer list, of the vendors there are, which runs are billed by', async () => {
  const server = await startRawServer(() => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(published) }));
  const { code, out, err } = await prices('--refresh', file, '--from', `${server.url}/data.json`, 'openai/gpt-5');
  await server.close();
  expect(code).toBe(ExitCode.ok);
  expect(err).toContain('1 models of 1 vendors');
  expect(out).toMatch(/openai\/gpt-5 +7 +7 +7 +9 +14 in, 9 out above 1000 tokens/);

  const answer = { choices: [{ message: { content: 'Four.' }, finish_reason: 'stop' }], usage: { prompt_tokens: 2000, completion_tokens: 100, total_tokens: 2100 } };
  const upstream = await startRawServer(() => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) }));
  const agent = cascade({ models: ['openai/gpt-5'], env: { OPENAI_API_KEY: 'k' }, baseURLs: { openai: `${upstream.url}/v1` }, priceTable: await readPriceList(file) });
  expect((await agent.run('2 + 2?')).totalCost).toBeCloseTo((2000 * 14 + 100 * 9) / 1e6, 12);
  await upstream.close();
});

it('leaves the old file alone when there is no list to be had', async () => {
  const before = readFileSync(file, 'utf8');
  const server = await startRawServer(() => ({ status: 404, body: 'gone' }));
  expect(await prices('--refresh', file, '--from', server.url)).toMatchObject({ code: ExitCode.failed, err: expect.stringContaining('it answered 404') as string });
  await server.close();
  const empty = await startRawServer(() => ({ headers: { 'content-type': 'application/json' }, body: '{}' }));
  expect(await prices('--refresh', file, '--from', empty.url)).toMatchObject({ code: ExitCode.failed, err: expect.stringContaining('no list of genai-prices') as string });
  await empty.close();
  expect(readFileSync(file, 'utf8')).toBe(before);
});

it('tells a file that is no list, and wrong usage', async () => {
  writeFileSync(file, '{"vendors":{"openai":5}}');
  expect(await prices('--list', file, 'openai/gpt-5')).toMatchObject({ code: ExitCode.failed, err: expect.stringContaining('it is no price list') as string });
  expect((await prices()).code).toBe(ExitCode.usage);
});
