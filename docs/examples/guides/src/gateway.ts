import type { CascadeAgent } from '@cascadeflow/core';
import { createGateway, createKey, type Gateway, hashKey } from '@cascadeflow/gateway';
import OpenAI from 'openai';

/** A gateway in your own server: `gateway.fetch` takes a Request and gives a Response. */
export async function mount(main: CascadeAgent, careful: CascadeAgent): Promise<{ gateway: Gateway; key: string }> {
  // #region mount
  const key = createKey(); // shown to its owner once
  const gateway = createGateway({
    cascades: { main, careful },
    aliases: { 'gpt-4o': 'cascade:main' }, // a name that applications have built in
    keys: [{ id: 'web-app', hash: await hashKey(key), models: ['gpt-4o', 'cascade'], requestsPerMinute: 600 }],
  });
  // #endregion mount
  return { gateway, key };
}

/** What the application already does, with another address. */
export async function asBefore(baseURL: string, apiKey: string, fetch?: typeof globalThis.fetch) {
  // #region client
  const client = new OpenAI({ baseURL, apiKey, ...(fetch && { fetch }) });
  const answer = await client.chat.completions.create(
    { model: 'cascade', messages: [{ role: 'user', content: 'Why is the sky blue?' }] },
    { headers: { 'x-cascade-quality': 'strict' } },
  );
  // #endregion client
  return answer;
}
