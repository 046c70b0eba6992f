import type { CascadeAgent } from '@cascadeflow/core';

/** Shows drafts at once and takes them back when need be. */
export async function show(agent: CascadeAgent, prompt: string, screen: { append(text: string): void; clear(): void }): Promise<void> {
  // #region optimistic
  for await (const event of agent.streamEvents(prompt, { release: 'optimistic' })) {
    if (event.type === 'text-delta') screen.append(event.text);
    if (event.type === 'answer-reset') screen.clear();
  }
  // #endregion optimistic
}
