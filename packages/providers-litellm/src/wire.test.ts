import { measureClose, startRawServer, startStub } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { litellm } from './litellm.ts';

const messages = [{ role: 'user' as const, content: 'Hi' }];
const json = { 'content-type': 'application/json' };

describe('litellm()', () => {
  it('reads what the proxy says a call cost, and does not take 0 for a price', async () => {
    const costs = ['0.000123', '0.0', ''];
    const server = await startRawServer(() => ({
      headers: { ...json, 'x-litellm-response-cost': costs.shift() ?? '' },
      body: JSON.stringify({ id: 'x', model: 'm', choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }),
    }));
    const model = litellm({ baseURL: server.url, apiKey: 'sk-proxy' }).model('openai/gpt-4o');
    expect((await model.generate?.({ messages }))?.at(-1)).toMatchObject({ reportedCost: 0.000123 });
    expect((await model.generate?.({ messages }))?.at(-1)).not.toHaveProperty('reportedCost');
    expect((await model.generate?.({ messages }))?.at(-1)).not.toHaveProperty('reportedCost');
    expect(server.requests[0]).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer sk-proxy' } });
    await server.close();
  });

  it('tells families by the model’s own name, and keeps cache marks for the vendors behind', async () => {
    const server = await startRawServer(() => ({ headers: json, body: JSON.stringify({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }) }));
    const provider = litellm({ baseURL: server.url });
    await provider.model('openai/o3-mini').generate?.({ messages, temperature: 0, maxTokens: 5 });
    expect(server.requests.at(-1)?.body).toMatchObject({ max_completion_tokens: 5 });
    expect(server.requests.at(-1)?.body).not.toHaveProperty('temperature');
    await provider.model('anthropic/claude-sonnet-5').generate?.({ messages: [{ role: 'user', content: [{ type: 'text', text: 'x', cacheControl: { type: 'ephemeral' } }] }] });
    expect(server.requests.at(-1)?.body).toMatchObject({ messages: [{ content: [{ cache_control: { type: 'ephemeral' } }] }] });
    await server.close();
  });

  it('lists the proxy’s models and keeps what it says about them', async () => {
    const data = [
      { model_name: 'fast', litellm_params: { model: 'openai/gpt-4o-mini' }, model_info: { input_cost_per_token: 1.5e-7, output_cost_per_token: 6e-7, cache_read_input_token_cost: 7.5e-8, max_input_tokens: 128_000, max_output_tokens: 16_384, supports_function_calling: true, supports_vision: false, supports_response_schema: true } },
      { model_name: 'stepped', model_info: { input_cost_per_token: 3e-6, output_cost_per_token: 1.5e-5, cache_read_input_token_cost: 3e-7, cache_creation_input_token_cost: 3.75e-6, cache_creation_input_token_cost_above_1hr: 6e-6, input_cost_per_token_above_200k_tokens: 6e-6, output_cost_per_token_above_200k_tokens: 2.25e-5, cache_read_input_token_cost_above_200k_tokens: 6e-7, cache_creation_input_token_cost_above_200k_tokens: null } },
      { model_name: 'unpriced', model_info: { input_cost_per_token: 0, output_cost_per_token: 0, supports_vision: null } },
      { broken: true },
    ];
    const server = await startRawServer(() => ({ headers: json, body: JSON.stringify({ data }) }));
    const provider = litellm({ baseURL: `${server.url}/v1` });
    expect(provider.price?.('fast')).toBeUndefined();
    expect((await provider.models()).map((model) => model.name)).toEqual(['fast', 'stepped', 'unpriced']);
    expect(server.requests[0]?.path).toBe('/model/info');
    expect(provider.price?.('fast')).toEqual({ input: 0.15, output: 0.6, cachedInput: 0.075, source: 'litellm' });
    expect(provider.price?.('stepped')).toEqual({
      input: 3,
      output: 15,
      cachedInput: 0.3,
      cacheWrite: 3.75,
      cacheWriteHour: 6,
      source: 'litellm',
      longPrompt: { above: 200_000, input: 6, output: 22.5, cachedInput: 0.6, cacheWrite: 3.75, cacheWriteHour: 6 },
    });
    expect(provider.price?.('unpriced')).toBeUndefined();
    expect(provider.model('fast').capabilities).toEqual({ tools: true, vision: false, json: true, contextWindow: 128_000, maxOutputTokens: 16_384 });
    await server.close();
  });

  it('knows list prices by the vendor in a name', () => {
    const provider = litellm();
    expect(provider.price?.('openai/gpt-4o')).toMatchObject({ input: 2.5, output: 10 });
    expect(provider.price?.('anthropic/claude-haiku-4-5')).toMatchObject({ input: 1 });
    expect(provider.price?.('gpt-4o-mini')).toMatchObject({ input: 0.15 });
    expect(provider.price?.('my-alias')).toBeUndefined();
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = litellm({ baseURL: stub.baseURL }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
