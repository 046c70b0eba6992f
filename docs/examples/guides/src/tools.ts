import { type AnyTool, type CascadeAgent, tool } from '@cascadeflow/core';
import { pruneTools } from '@cascadeflow/routing';
import { createEmbedder } from '@cascadeflow/semantic';
import { z } from 'zod';

/** Asks with a tool at hand. */
export async function ask(agent: CascadeAgent, fetchWeather: (city: string, options: { signal: AbortSignal }) => Promise<string>) {
  // #region tool
  const weather = tool({
    name: 'weather',
    description: 'Current weather of a city',
    parameters: z.object({ city: z.string() }),
    execute: async ({ city }, { signal }) => fetchWeather(city, { signal }),
  });

  const result = await agent.run('Do I need a coat in Bern?', { tools: [weather], maxSteps: 6 });
  // #endregion tool
  return result;
}

/** Asks with those of many tools that matter. */
export async function askWithMany(agent: CascadeAgent, prompt: string, tools: readonly AnyTool[]) {
  // #region many
  const few = await pruneTools(tools, [{ role: 'user', content: prompt }], { embedder: createEmbedder(), keep: 12, always: ['hand_over'] });
  const result = await agent.run(prompt, { tools: few });
  // #endregion many
  return result;
}

/** Asks for data. */
export async function author(agent: CascadeAgent): Promise<string | undefined> {
  // #region object
  const { object } = await agent.run('Who wrote Emma?', { responseFormat: { schema: z.object({ author: z.string(), year: z.number() }) } });
  return object?.author; // typed
  // #endregion object
}
