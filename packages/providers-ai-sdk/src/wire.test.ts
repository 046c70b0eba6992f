import { createOpenAI } from '@ai-sdk/openai';
import type { Message } from '@cascadeflow/contract';
import { measureClose, startStub } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { aiSdk } from './ai-sdk.ts';
import { fromAiSdk } from './from-ai-sdk.ts';
import type { AiSdkModel, SpecificationVersion } from './language-model.ts';
import { fromAiSdkUsage } from './parts-translator.ts';

/** A language model that records its options and streams the parts it is given. */
function recorder(version: SpecificationVersion, parts: readonly object[] = [{ type: 'finish', finishReason: { unified: 'stop', raw: 'stop' }, usage: {} }]) {
  const seen: { readonly [field: string]: unknown }[] = [];
  const model = {
    specificationVersion: version,
    provider: 'anthropic.messages',
    modelId: 'claude',
    doStream: async (options: { readonly [field: string]: unknown }) => {
      seen.push(options);
      return { stream: new ReadableStream({ start(controller) { for (const part of parts) controller.enqueue(part); controller.close(); } }) };
    },
    doGenerate: async () => ({}),
  };
  return { seen, model: model as unknown as AiSdkModel };
}

async function ask(model: AiSdkModel, request: object = {}) {
  const events = [];
  for await (const event of fromAiSdk(model).stream({ messages: [{ role: 'user', content: 'Hi' }], ...request })) events.push(event);
  return events;
}

describe('fromAiSdk', () => {
  const messages: readonly Message[] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: [{ type: 'text', text: 'Look.', cacheControl: { type: 'ephemeral' } }, { type: 'image', url: 'data:image/png;base64,AA==' }, { type: 'image', url: 'https://example.com/a.png' }] },
    { role: 'assistant', content: 'Hm.', reasoning: [{ text: 'own', signature: 'sig', provider: 'anthropic' }, { text: 'foreign', signature: 'x', provider: 'openai' }], toolCalls: [{ id: 'c1', name: 'weather', arguments: '{"city":"Rome"}' }, { id: 'c2', name: 'weather', arguments: '' }] },
    { role: 'tool', toolCallId: 'c1', content: '20 °C' },
    { role: 'tool', toolCallId: 'c2', content: 'which?', isError: true },
  ];

  it.each(['v2', 'v4'] as const)('writes a conversation in specification %s', async (version) => {
    const { model, seen } = recorder(version);
    await ask(model, { messages, maxTokens: 5, stop: ['E'], seed: 1, reasoningEffort: 'low', tools: [{ name: 'weather', parameters: {} }], toolChoice: { name: 'weather' }, responseFormat: { type: 'json-schema', schema: { type: 'object' } }, extra: { speed: 'fast' } });
    const { abortSignal, ...options } = seen[0] ?? {};
    expect(abortSignal).toBeInstanceOf(AbortSignal);
    expect(options).toMatchSnapshot();
  });

  it('reads thinking with its proof, tools, metadata, warnings and log probabilities', async () => {
    const { model } = recorder('v3', [
      { type: 'stream-start', warnings: [{ type: 'unsupported', feature: 'seed' }, { type: 'other', message: 'careful' }] },
      { type: 'response-metadata', id: 'r1', modelId: 'claude-1' },
      { type: 'reasoning-delta', id: '0', delta: 'hm' },
      { type: 'reasoning-end', id: '0', providerMetadata: { anthropic: { signature: 'sig' } } },
      { type: 'text-delta', id: '1', delta: 'Hi' },
      { type: 'tool-input-start', id: 'c1', toolName: 'weather' },
      { type: 'tool-input-delta', id: 'c1', delta: '{}' },
      { type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: '' },
      { type: 'tool-call', toolCallId: 's1', toolName: 'search', input: '{}', providerExecuted: true },
      { type: 'finish', finishReason: { unified: 'tool-calls', raw: 'tool_use' }, usage: { inputTokens: { total: 10, noCache: 4, cacheRead: 6 }, outputTokens: { total: 3 } }, providerMetadata: { openai: { logprobs: [{ token: 'Hi', logprob: -0.5, top_logprobs: [] }] } } },
    ]);
    expect(await ask(model)).toEqual([
      { type: 'reasoning-delta', text: 'hm' },
      { type: 'reasoning-delta', text: '', signature: 'sig' },
      { type: 'text-delta', text: 'Hi' },
      { type: 'tool-call-start', id: 'c1', name: 'weather' },
      { type: 'tool-call', call: { id: 'c1', name: 'weather', arguments: '{}' } },
      { type: 'logprobs', tokens: [{ token: 'Hi', logprob: -0.5 }] },
      { type: 'end', finishReason: { unified: 'tool-calls', raw: 'tool_use' }, usage: { input: 4, cachedInput: 6, output: 3 }, servedModel: 'claude-1', responseId: 'r1', warnings: ['seed: not supported by the model', 'careful'] },
    ]);
  });

  it.each([
    ['a stream without a finish part', [{ type: 'text-delta', id: '1', delta: 'Hi' }]],
    ['a finish part the package made up', [{ type: 'finish', finishReason: 'unknown', usage: {} }]],
    ['an interrupted one', [{ type: 'finish', finishReason: { unified: 'interrupted', raw: undefined }, usage: {} }]],
    ['one without the vendor’s word', [{ type: 'finish', finishReason: { unified: 'other', raw: undefined }, usage: {} }]],
  ])('takes %s for cut', async (_name, parts) => {
    await expect(ask(recorder('v4', parts).model)).rejects.toMatchObject({ kind: 'cut' });
  });

  it('maps usage of every specification', () => {
    expect(fromAiSdkUsage({ inputTokens: 100, outputTokens: 50, cachedInputTokens: 60, reasoningTokens: 20, totalTokens: 150 })).toEqual({ input: 40, cachedInput: 60, output: 30, reasoning: 20 });
    expect(fromAiSdkUsage({ inputTokens: { total: 100, noCache: 30, cacheRead: 60, cacheWrite: 10 }, outputTokens: { total: 50, text: 30, reasoning: 20 } })).toEqual({ input: 30, cachedInput: 60, cacheWrite: 10, output: 30, reasoning: 20 });
    expect(fromAiSdkUsage({ inputTokens: { total: undefined }, outputTokens: { total: undefined } })).toBeUndefined();
  });

  it('says what it needs when it gets something else', () => {
    expect(() => fromAiSdk('openai/gpt-4o' as never)).toThrow(/language model of AI SDK 5, 6 or 7/);
    expect(() => fromAiSdk({ specificationVersion: 'v1' } as never)).toThrow(/got v1/);
    expect(() => aiSdk({} as never)).toThrow(/createOpenAI/);
  });
});

describe('aiSdk', () => {
  it('knows prices by the vendor behind', () => {
    expect(aiSdk(createOpenAI({ apiKey: 'k' })).price?.('gpt-4o')).toMatchObject({ input: 2.5 });
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = aiSdk(createOpenAI({ apiKey: 'k', baseURL: stub.baseURL }).chat).model('gpt-4o');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
