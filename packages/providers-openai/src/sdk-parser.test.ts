import { responsesDialect, startStub } from '@cascadeflow/testing';
import OpenAI from 'openai';
import { describe, expect, it } from 'vitest';

const reply = { text: 'Grüße aus Köln.', toolCalls: [{ id: 'call_a', name: 'weather', arguments: { city: 'Köln' } }], usage: { input: 9, cachedInput: 4, output: 7 } };

describe('the official SDK', () => {
  it('reads the stub’s chat stream with its own parser', async () => {
    const stub = await startStub({ answer: () => reply });
    const client = new OpenAI({ apiKey: 'k', baseURL: stub.baseURL, maxRetries: 0 });
    const stream = client.chat.completions.stream({ model: 'gpt-4o', messages: [{ role: 'user', content: 'Hi' }], stream_options: { include_usage: true } });
    const whole = await stream.finalChatCompletion();
    expect(whole.choices[0]?.message).toMatchObject({ content: reply.text, tool_calls: [{ id: 'call_a', function: { name: 'weather', arguments: '{"city":"Köln"}' } }] });
    expect(whole.usage).toMatchObject({ prompt_tokens: 13, completion_tokens: 7, prompt_tokens_details: { cached_tokens: 4 } });
    await stub.close();
  });

  it('reads the stub’s responses with its own parser', async () => {
    const stub = await startStub({ dialects: [responsesDialect], answer: () => reply });
    const client = new OpenAI({ apiKey: 'k', baseURL: stub.baseURL, maxRetries: 0 });
    const whole = await client.responses.stream({ model: 'gpt-5', input: [{ role: 'user', content: 'Hi' }] }).finalResponse();
    expect(whole.output_text).toBe(reply.text);
    expect(whole.output.at(-1)).toMatchObject({ type: 'function_call', call_id: 'call_a', arguments: '{"city":"Köln"}' });
    await stub.close();
  });
});
