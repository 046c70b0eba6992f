import type { CascadeAgent } from '@cascadeflow/core';

/** The three doors of an agent. */
export async function throughAllDoors(agent: CascadeAgent, question: string): Promise<string[]> {
  const seen: string[] = [];
  // #region doors
  const result = await agent.run(question); // everything at the end

  for await (const text of agent.runStreaming(question)) process.stdout.write(text); // text the reader may keep

  for await (const event of agent.streamEvents(question)) seen.push(event.type); // the whole story
  // #endregion doors
  return [result.content, ...seen];
}
