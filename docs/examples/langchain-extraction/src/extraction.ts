import { readDecision, withCascade } from '@cascadeflow/langchain';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';

const Invoice = z.object({
  number: z.string().describe('Invoice number as printed'),
  currency: z.enum(['EUR', 'USD', 'GBP']),
  total: z.number().describe('Amount due'),
});

/** Reads an invoice. A draft that does not fit the schema never comes through: the dearer model is asked instead. */
export async function extractInvoice(text: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const chatModel = (model: string) => new ChatOpenAI({ model, apiKey: connection.apiKey, configuration: { baseURL: connection.baseURL } });
  const model = withCascade({
    drafter: { chatModel: chatModel('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { chatModel: chatModel('gpt-4o'), cost: { input: 2.5, output: 10 } },
  });
  const { parsed, raw } = await model.withStructuredOutput(Invoice, { name: 'invoice', includeRaw: true }).invoke(text);
  return { invoice: parsed, modelUsed: readDecision(raw)?.modelUsed };
}

if (import.meta.main) {
  console.log(await extractInvoice('Invoice 2041-B. Total due: 180.00 euros.', { apiKey: process.env['OPENAI_API_KEY'] ?? '' }));
}
