import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, jsonSchema, streamText, tool, type ToolSet } from 'ai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './gateway-doubles.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
beforeEach(() => bench.stub.clear());
afterAll(() => bench.close());

const clients = {
  openai: () => createOpenAI({ apiKey: 'any', baseURL: `${bench.url}/v1` }).chat('cascade'),
  anthropic: () => createAnthropic({ apiKey: 'any', baseURL: `${bench.url}/v1` })('cascade:claude'),
};

describe.each(Object.entries(clients))('the AI SDK by its %s provider', (_, model) => {
  it('gets a text, whole and streamed', async () => {
    bench.stub.enqueue('Paris.', 'Paris it is.');
    expect((await generateText({ model: model(), prompt: 'Capital of France?', maxRetries: 0 })).text).toBe('Paris.');
    const stream = streamText({ model: model(), prompt: 'Capital of France?', maxRetries: 0 });
    expect(await stream.text).toBe('Paris it is.');
    expect(await stream.finishReason).toBe('stop');
  });

  it('has its tools called', async () => {
    bench.stub.enqueue({ toolCalls: [{ id: 'call_1', name: 'weather', arguments: { city: 'Paris' } }] });
    const weather = tool({ description: 'Weather.', inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }) });
    const { toolCalls } = await generateText({ model: model(), prompt: 'Weather?', tools: { weather } as unknown as ToolSet, maxRetries: 0 });
    expect(toolCalls).toMatchObject([{ toolCallId: 'call_1', toolName: 'weather', input: { city: 'Paris' } }]);
  });

  it('sees errors', async () => {
    const fault = { fault: { type: 'status' as const, status: 429 } };
    bench.stub.enqueue(fault, fault);
    await expect(generateText({ model: model(), prompt: 'x', maxRetries: 0 })).rejects.toMatchObject({ statusCode: 429 });
  });
});
