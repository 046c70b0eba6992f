import { startStub, type StubRequest } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { createShop } from './tool-agent.ts';

/** Calls the tool first, and tells what it returned when it has it. */
const calling = (name: string) => ({ body }: StubRequest) => {
  const last = (body['messages'] as { role: string; content: string }[]).at(-1);
  return last?.role === 'tool' ? `Order A-17: ${last.content}.` : { toolCalls: [{ name, arguments: { order: 'A-17' } }] };
};

it('runs a harmless tool and answers with what it said', async () => {
  const stub = await startStub({ answer: calling('order_status') });
  const ask = createShop(new Map([['A-17', 'shipped on Monday']]), { apiKey: 'test-key', baseURL: stub.baseURL });
  const result = await ask('Where is my order A-17?');
  expect(result.content).toBe('Order A-17: shipped on Monday.');
  expect(result.steps).toBe(2);
  await stub.close();
});

it('asks before a draft may destroy something', async () => {
  const stub = await startStub({ answer: calling('cancel_order') });
  const orders = new Map([['A-17', 'being packed']]);
  const asked: string[] = [];
  const ask = createShop(orders, { apiKey: 'test-key', baseURL: stub.baseURL });
  await ask('Cancel my order A-17, please.', ({ call, model }) => {
    asked.push(`${model}: ${call.name}`);
    return false;
  });
  expect(asked).toContain('gpt-4o-mini: cancel_order');
  expect(orders.has('A-17')).toBe(true);
  await stub.close();
});
