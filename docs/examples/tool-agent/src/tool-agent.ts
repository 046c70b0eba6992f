// #region all
import { type ApprovalRequest, CascadeAgent, tool } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { z } from 'zod';

/** An agent over a shop's orders. */
export function createShop(orders: Map<string, string>, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const status = tool({
    name: 'order_status',
    description: 'Status of an order',
    parameters: z.object({ order: z.string() }),
    execute: ({ order }) => orders.get(order) ?? `there is no order ${order}`,
  });
  const cancel = tool({
    name: 'cancel_order',
    description: 'Cancels an order for good',
    risk: 'destructive', // never run on the word of a draft alone
    parameters: z.object({ order: z.string() }),
    execute: ({ order }) => (orders.delete(order) ? 'cancelled' : `there is no order ${order}`),
  });
  const agent = new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
  });
  return (question: string, onApproval?: (request: ApprovalRequest) => boolean) =>
    agent.run(question, { tools: [status, cancel], maxSteps: 6, ...(onApproval && { onApproval }) });
}
// #endregion all

if (import.meta.main) {
  const ask = createShop(new Map([['A-17', 'shipped on Monday']]), { apiKey: process.env['OPENAI_API_KEY'] ?? '' });
  const { content, steps, totalCost } = await ask('Where is my order A-17?');
  console.log(content, `${steps} turns`, totalCost);
}
