import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import { placeSchema, weatherSchema, wrongKey, type OpenSuite } from './client-suite.ts';
import { script } from './world.ts';

/** The @anthropic-ai/sdk package for Node. */
export const openAnthropic: OpenSuite = ({ url, key }) => {
  const client = new Anthropic({ apiKey: key, baseURL: url, maxRetries: 0 });
  const asked = (content: string, model = 'cascade:claude') => ({ model, max_tokens: 200, messages: [{ role: 'user' as const, content }] });
  const tools = [{ name: 'weather', input_schema: { ...weatherSchema, required: ['city'] } }];
  return {
    name: '@anthropic-ai/sdk (Node)',
    async text() {
      const { data, response } = await client.messages.create(asked(script.question)).withResponse();
      assert.deepEqual(data.content.map((block) => block.type === 'text' && block.text), [script.answer]);
      assert.equal(data.stop_reason, 'end_turn');
      assert.equal(response.headers.get('x-cascade-model'), 'claude-haiku-4-5');
      const other = await client.messages.create(asked(script.question, 'cascade'));
      assert.equal(other.model, 'small');
      assert.ok((await client.messages.countTokens({ model: 'cascade', messages: asked('hi').messages })).input_tokens > 0);
    },
    async stream() {
      const message = await client.messages.stream(asked(script.question)).finalMessage();
      assert.deepEqual(message.content.map((block) => block.type === 'text' && block.text), [script.answer]);
      assert.ok(message.usage.output_tokens > 0);
    },
    async tools() {
      const request = asked(script.toolQuestion);
      const first = await client.messages.create({ ...request, tools });
      const call = first.content.find((block) => block.type === 'tool_use');
      assert.deepEqual(call?.input, { city: 'Canberra' });
      const result = { role: 'user' as const, content: [{ type: 'tool_result' as const, tool_use_id: call.id, content: 'sunny' }] };
      const second = await client.messages.create({ ...request, tools, messages: [...request.messages, { role: 'assistant', content: first.content }, result] });
      assert.deepEqual(second.content.map((block) => block.type === 'text' && block.text), [script.toolAnswer]);
      assert.equal((await client.messages.stream({ ...request, tools }).finalMessage()).stop_reason, 'tool_use');
    },
    async structured() {
      const format = { type: 'json_schema' as const, schema: { ...placeSchema } };
      const message = await client.messages.parse({ ...asked(script.structuredQuestion), output_config: { format } });
      const block = message.content.find((one) => one.type === 'text');
      assert.deepEqual(JSON.parse(block?.text ?? ''), script.structured);
    },
    async errors() {
      await assert.rejects(client.messages.create(asked(script.failing, 'claude-opus-4-6')), (error) => error instanceof Anthropic.BadRequestError && error.message.includes('the upstream says no'));
      await assert.rejects(client.messages.create(asked('hi', 'nobody')), Anthropic.NotFoundError);
      await assert.rejects(client.messages.create({ ...asked('hi'), messages: [] }), Anthropic.BadRequestError);
      const stranger = new Anthropic({ apiKey: wrongKey, baseURL: url, maxRetries: 0 });
      await assert.rejects(stranger.messages.create(asked('hi')), Anthropic.AuthenticationError);
    },
    async abort() {
      const stream = await client.messages.create({ ...asked(script.slow, 'claude-opus-4-6'), stream: true });
      for await (const event of stream) if (event.type === 'content_block_delta') break;
    },
  };
};
