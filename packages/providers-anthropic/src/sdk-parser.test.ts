import Anthropic from '@anthropic-ai/sdk';
import { anthropicDialect, startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';

it('the official SDK reads the stub’s stream with its own parser', async () => {
  const stub = await startStub({
    dialects: [anthropicDialect],
    answer: () => ({ reasoning: 'Look it up.', text: 'Grüße aus Köln.', toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Köln' } }], usage: { input: 9, cachedInput: 4, output: 7 } }),
  });
  const client = new Anthropic({ apiKey: 'k', baseURL: stub.url, maxRetries: 0 });
  const whole = await client.messages.stream({ model: 'claude-sonnet-5', max_tokens: 100, messages: [{ role: 'user', content: 'Hi' }] }).finalMessage();
  expect(whole.content).toMatchObject([{ type: 'thinking', thinking: 'Look it up.' }, { type: 'text', text: 'Grüße aus Köln.' }, { type: 'tool_use', id: 'toolu_1', input: { city: 'Köln' } }]);
  expect(whole).toMatchObject({ stop_reason: 'tool_use', usage: { input_tokens: 9, cache_read_input_tokens: 4, output_tokens: 7 } });
  await stub.close();
});
