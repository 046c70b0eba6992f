// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { z } from 'zod';

const invoice = z.object({
  seller: z.string(),
  total: z.number(),
  currency: z.enum(['EUR', 'USD', 'CHF']),
  lines: z.array(z.object({ item: z.string(), amount: z.number() })),
});

/** Reads an invoice. `object` is typed by the schema, and absent where no model's answer fits it. */
export async function readInvoice(text: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const agent = new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
    system: 'Extract the invoice. Copy figures exactly.',
  });
  const { object, degraded, modelUsed } = await agent.run(text, { responseFormat: { schema: invoice, name: 'invoice' } });
  return { invoice: degraded ? undefined : object, modelUsed };
}
// #endregion all

if (import.meta.main) {
  const text = 'Bakery Huber: 12 rolls 9.60, 1 cake 32.40. Total EUR 42.00';
  console.log(await readInvoice(text, { apiKey: process.env['OPENAI_API_KEY'] ?? '' }));
}
