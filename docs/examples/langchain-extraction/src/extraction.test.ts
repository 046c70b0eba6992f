import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { extractInvoice } from './extraction.ts';

it('escalates a draft that does not fit the schema', async () => {
  const stub = await startStub({
    answer: ({ model }) => (model === 'gpt-4o-mini' ? '{"number":"2041-B","currency":"euros"}' : '{"number":"2041-B","currency":"EUR","total":180}'),
  });
  const { invoice, modelUsed } = await extractInvoice('Invoice 2041-B. Total due: 180.00 euros.', { apiKey: 'test-key', baseURL: stub.baseURL });
  expect(invoice).toEqual({ number: '2041-B', currency: 'EUR', total: 180 });
  expect(modelUsed).toBe('gpt-4o');
  await stub.close();
});
