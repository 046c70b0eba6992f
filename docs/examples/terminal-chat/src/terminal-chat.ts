import { createInterface } from 'node:readline/promises';
// #region all
import { CascadeAgent, type RunInput } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';

type Conversation = Exclude<RunInput, string>;

/** Reads questions, streams answers, and remembers what was said. */
export async function chat(agent: CascadeAgent, lines: AsyncIterable<string>, write: (text: string) => void): Promise<Conversation> {
  let messages: Conversation = [];
  write('> ');
  for await (const line of lines) {
    const answer = agent.runStreaming([...messages, { role: 'user', content: line }]);
    let next = await answer.next();
    for (; !next.done; next = await answer.next()) write(next.value); // text the reader may keep
    const { modelUsed, totalCost, messages: after } = next.value;
    messages = after; // with the answer appended
    write(`\n[${modelUsed}, ${totalCost?.toFixed(6) ?? 'unknown cost'} USD]\n> `);
  }
  return messages;
}
// #endregion all

export function createAgent(connection: { readonly apiKey: string; readonly baseURL?: string }): CascadeAgent {
  return new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
    system: 'You answer briefly.',
  });
}

if (import.meta.main) {
  const lines = createInterface({ input: process.stdin });
  await chat(createAgent({ apiKey: process.env['OPENAI_API_KEY'] ?? '' }), lines, (text) => process.stdout.write(text));
}
