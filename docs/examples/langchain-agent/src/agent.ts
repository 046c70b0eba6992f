import { CascadeCostHandler, withCascade } from '@cascadeflow/langchain';
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';

const temperatures: { readonly [city: string]: number } = { Oslo: -3, Rome: 14 };

const temperature = tool(({ city }: { city: string }) => `${temperatures[city] ?? 'unknown'} degrees Celsius`, {
  name: 'read_temperature',
  description: 'The temperature of a city now',
  schema: z.object({ city: z.string() }),
});

/** A LangGraph agent whose every turn is a cascade: easy turns stay cheap, the hard ones go up. */
export async function ask(question: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const chatModel = (model: string) => new ChatOpenAI({ model, apiKey: connection.apiKey, configuration: { baseURL: connection.baseURL } });
  const llm = withCascade({
    drafter: { chatModel: chatModel('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { chatModel: chatModel('gpt-4o'), cost: { input: 2.5, output: 10 } },
  });
  const agent = createReactAgent({ llm, tools: [temperature] });
  const cost = new CascadeCostHandler();
  const { messages } = await agent.invoke({ messages: [{ role: 'user', content: question }] }, { callbacks: [cost] });
  return { answer: messages.at(-1)?.text, totals: cost.totals };
}

if (import.meta.main) console.log(await ask('Is it colder in Oslo than in Rome?', { apiKey: process.env['OPENAI_API_KEY'] ?? '' }));
