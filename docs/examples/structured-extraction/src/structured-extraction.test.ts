import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { readInvoice } from './structured-extraction.ts';

const text = 'Bakery Huber: 12 rolls 9.60, 1 cake 32.40. Total EUR 42.00';
const right = { seller: 'Bakery Huber', total: 42, currency: 'EUR', lines: [{ item: 'rolls', amount: 9.6 }, { item: 'cake', amount: 32.4 }] };

it('never accepts a draft that does not fit the schema', async () => {
  const stub = await startStub({ answer: ({ model }) => (model === 'gpt-5' ? JSON.stringify(right) : '{"seller":"Bakery Huber","total":"forty-two"}') });
  expect(await readInvoice(text, { apiKey: 'test-key', baseURL: stub.baseURL })).toEqual({ invoice: right, modelUsed: 'gpt-5' });
  await stub.close();
});

it('gives no object where no answer fits', async () => {
  const stub = await startStub({ answer: () => '{"seller":"Bakery Huber"}' });
  expect((await readInvoice(text, { apiKey: 'test-key', baseURL: stub.baseURL })).invoice).toBeUndefined();
  await stub.close();
});
