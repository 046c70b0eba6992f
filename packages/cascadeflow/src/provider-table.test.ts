import type { WireRequest } from '@cascadeflow/provider-kit';
import { expect, it } from 'vitest';
import { openProvider, providerIds } from './provider-table.ts';

const addresses: { readonly [id: string]: string } = {
  openai: 'https://api.openai.com/v1/chat/completions',
  anthropic: 'https://api.anthropic.com/v1/messages',
  groq: 'https://api.groq.com/openai/v1/chat/completions',
  together: 'https://api.together.xyz/v1/chat/completions',
  vllm: 'http://127.0.0.1:8000/v1/chat/completions',
  ollama: 'http://127.0.0.1:11434/api/chat',
  huggingface: 'https://router.huggingface.co/v1/chat/completions',
  litellm: 'http://127.0.0.1:4000/v1/chat/completions',
};

it.each(providerIds)('%s sends by the sender that it is given, to its address and with its key', async (id) => {
  const sent: { readonly url: string; readonly request: WireRequest }[] = [];
  const env = { [`${id.toUpperCase()}_API_KEY`]: 'the-key', HF_TOKEN: 'the-key' };
  const provider = openProvider(id, {
    env,
    ...(id === 'vllm' && { baseURL: 'http://127.0.0.1:8000/v1' }),
    send: async (url, request) => {
      sent.push({ url, request });
      return Response.json({ error: { message: 'no' } }, { status: 401 });
    },
  });
  await expect(provider.model('some-model').generate?.({ messages: [{ role: 'user', content: 'hi' }] })).rejects.toMatchObject({ status: 401 });
  expect(sent.map(({ url }) => url)).toEqual([addresses[id]]);
  const { headers, body, method } = sent[0]!.request;
  expect([method, JSON.parse(body).model]).toEqual(['POST', 'some-model']);
  if (id === 'anthropic') expect(headers).toMatchObject({ 'x-api-key': 'the-key', 'anthropic-version': '2023-06-01' });
  else expect(headers['authorization']).toBe('Bearer the-key');
});
