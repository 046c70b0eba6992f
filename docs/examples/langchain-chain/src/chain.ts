// #region all
import { CascadeCostHandler, withCascade } from '@cascadeflow/langchain';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { ChatOpenAI } from '@langchain/openai';

/** Explains a topic in one sentence; says what it cost beside the dearer model alone. */
export async function explain(topic: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const chatModel = (model: string) => new ChatOpenAI({ model, apiKey: connection.apiKey, configuration: { baseURL: connection.baseURL } });
  // USD per 1M tokens, OpenAI's list prices.
  const model = withCascade({
    drafter: { chatModel: chatModel('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { chatModel: chatModel('gpt-4o'), cost: { input: 2.5, output: 10 } },
  });
  const chain = ChatPromptTemplate.fromMessages([
    ['system', 'Explain in one sentence.'],
    ['human', '{topic}'],
  ])
    .pipe(model)
    .pipe(new StringOutputParser());

  const cost = new CascadeCostHandler();
  const text = await chain.invoke({ topic }, { callbacks: [cost] });
  return { text, totals: cost.totals };
}
// #endregion all

if (import.meta.main) console.log(await explain('Why is the sky blue?', { apiKey: process.env['OPENAI_API_KEY'] ?? '' }));
