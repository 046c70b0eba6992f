import type { Message, StreamChunk } from '@n8n/ai-node-sdk';
import { describe, expect, it } from 'vitest';
import { CascadeModel, type HostConfig } from './cascade-model.ts';
import { answerOf, chatModel, type ChatModelDouble } from './chat-model-doubles.ts';
import type { Decision } from './decision.ts';
import { openAgent } from './open-agent.ts';
import { readSettings } from './read-settings.ts';

const question: Message[] = [{ role: 'user', content: [{ type: 'text', text: 'What is the capital of Australia?' }] }];
const good = 'Canberra is the capital of Australia.';
const weather = { type: 'function' as const, name: 'weather', description: 'Tells the weather', inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
const call = { id: 'call_1', name: 'weather', args: { city: 'Canberra' } };

function open(models: readonly ChatModelDouble[], minProbability: number, cancelSignal?: AbortSignal) {
  const decisions: Decision[] = [];
  const settings = readSettings((name, fallback) => ({ level: 'probability', minProbability })[name] ?? fallback);
  const agent = openAgent(models, settings, 'execution');
  return { model: new CascadeModel({ agent, runOptions: {}, cancelSignal, onDecision: (decision) => decisions.push(decision) }), decisions };
}

async function drain(model: { stream(messages: readonly Message[], config?: HostConfig): AsyncIterable<StreamChunk> }): Promise<StreamChunk[]> {
  const chunks: StreamChunk[] = [];
  for await (const chunk of model.stream(question)) chunks.push(chunk);
  return chunks;
}

describe('an answer', () => {
  it('carries text, tokens, the model that gave it, and the decision', async () => {
    const { model, decisions } = open([chatModel('gpt-4o-mini', good), chatModel('gpt-4o', good)], 0);
    expect(model.modelId).toBe('gpt-4o-mini > gpt-4o');
    const result = await model.generate(question);
    expect(result).toMatchObject({
      finishReason: 'stop',
      usage: { promptTokens: 10, completionTokens: 20, totalTokens: 30 },
      message: { role: 'assistant', content: [{ type: 'text', text: good }] },
      providerMetadata: { model_name: 'gpt-4o-mini', cascade: { draftAccepted: true } },
    });
    expect(decisions).toMatchObject([{ modelUsed: 'gpt-4o-mini', draftAccepted: true, threshold: 0, calls: [{ model: 'gpt-4o-mini', tokens: 30 }] }]);
    expect(decisions[0]?.cost).toBeGreaterThan(0);
  });

  it('counts the tokens of both models after an escalation', async () => {
    const { model, decisions } = open([chatModel('small', good), chatModel('large', good)], 1);
    expect((await model.generate(question)).usage).toMatchObject({ promptTokens: 20, completionTokens: 40 });
    expect(decisions[0]?.calls.map((made) => [made.model, made.role])).toEqual([['small', 'draft'], ['large', 'verifier']]);
  });

  it('is streamed once, when it is decided', async () => {
    const pieces = [...good.split(/(?<= )/u).map((text) => ({ content: text })), answerOf('')];
    const { model } = open([chatModel('small', 'It is Sydney.'), chatModel('large', pieces)], 1);
    const chunks = await drain(model);
    expect(chunks.map((chunk) => (chunk.type === 'text-delta' ? chunk.delta : '')).join('')).toBe(good);
    expect(chunks.at(-1)).toMatchObject({ type: 'finish', finishReason: 'stop', usage: { promptTokens: 20 } });
  });
});

describe('tools', () => {
  it('are bound to the connected models, and their calls come back', async () => {
    const small = chatModel('small', answerOf('', { tool_calls: [call], response_metadata: { finish_reason: 'tool_calls' } }));
    const { model } = open([small, chatModel('large', good)], 0);
    const bound = model.withTools([weather]) as CascadeModel;
    const result = await bound.generate(question);
    expect(result.message.content).toEqual([{ type: 'tool-call', toolCallId: 'call_1', toolName: 'weather', input: '{"city":"Canberra"}' }]);
    expect(result.finishReason).toBe('tool-calls');
    expect(small.calls[0]?.tools).toEqual([{ type: 'function', function: { name: 'weather', description: 'Tells the weather', parameters: weather.inputSchema } }]);
  });

  it('come as one piece each in a stream', async () => {
    const chunk = (index: number, rest: object) => ({ content: '', tool_call_chunks: [{ index, ...rest }] });
    const pieces = [chunk(0, { id: 'call_1', name: 'weather', args: '{"ci' }), chunk(0, { args: 'ty":"Canberra"}' }), chunk(1, { id: 'call_2', name: 'weather', args: '{"city":"Perth"}' }), answerOf('', { response_metadata: { finish_reason: 'tool_calls' } })];
    const { model } = open([chatModel('small', pieces), chatModel('large', good)], 0);
    expect((await drain(model.withTools([weather]) as CascadeModel)).slice(0, 2)).toEqual([
      { type: 'tool-call-delta', id: 'call_1', name: 'weather', argumentsDelta: '{"city":"Canberra"}' },
      { type: 'tool-call-delta', id: 'call_2', name: 'weather', argumentsDelta: '{"city":"Perth"}' },
    ]);
  });
});

describe('what the connected models are given', () => {
  it('is the conversation as LangChain has it, where n8n handed it over', async () => {
    const small = chatModel('small', good);
    const original = { lc: 'a message of LangChain' };
    await open([small, chatModel('large', good)], 0).model.generate(question, { originals: [original], stop: ['END'] });
    expect(small.calls[0]?.messages).toEqual([original]);
    expect(small.calls[0]?.config).toMatchObject({ callbacks: [], stop: ['END'] });
  });

  it('is the conversation in plain objects otherwise', async () => {
    const small = chatModel('small', good);
    const messages: Message[] = [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.' }] },
      ...question,
      { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'call_1', toolName: 'weather', input: '{}' }] },
      { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'call_1', result: { sunny: true } }], name: 'weather' },
    ];
    await open([small, chatModel('large', good)], 0).model.generate(messages);
    expect(small.calls[0]?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'What is the capital of Australia?' },
      { role: 'assistant', content: '', tool_calls: [{ type: 'function', id: 'call_1', function: { name: 'weather', arguments: '{}' } }] },
      { role: 'tool', content: '{"sunny":true}', tool_call_id: 'call_1', name: 'weather' },
    ]);
  });
});

describe('failures', () => {
  it('show the error of the connected model where all failed', async () => {
    const refused = Object.assign(new Error('Incorrect API key provided'), { status: 401 });
    const { model } = open([chatModel('small', refused), chatModel('large', refused)], 0);
    await expect(model.generate(question)).rejects.toBe(refused);
    await expect(drain(model)).rejects.toBe(refused);
  });

  it('of the drafter leave the answer to the verifier', async () => {
    const { model, decisions } = open([chatModel('small', Object.assign(new Error('overloaded'), { status: 400 })), chatModel('large', good)], 0);
    expect((await model.generate(question)).message.content).toEqual([{ type: 'text', text: good }]);
    expect(decisions[0]?.calls.map((made) => made.status)).toEqual(['failed', 'ok']);
  });

  it('of an execution that was stopped end the call', async () => {
    const stopped = new AbortController();
    stopped.abort(new Error('stopped by the user'));
    await expect(open([chatModel('small', good), chatModel('large', good)], 0, stopped.signal).model.generate(question)).rejects.toThrow();
  });
});
