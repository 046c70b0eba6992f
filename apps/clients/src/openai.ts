import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { placeSchema, weatherSchema, wrongKey, type OpenSuite } from './client-suite.ts';
import { script } from './world.ts';

const ask = (content: string) => [{ role: 'user' as const, content }];

/** The openai package for Node. */
export const openOpenAI: OpenSuite = ({ url, key }) => {
  const client = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
  const tools = [{ type: 'function' as const, function: { name: 'weather', parameters: { ...weatherSchema } } }];
  return {
    name: 'openai (Node)',
    async text() {
      const { data, response } = await client.chat.completions.create({ model: 'cascade', messages: ask(script.question) }).withResponse();
      assert.equal(data.choices[0]?.message.content, script.answer);
      assert.equal(data.model, 'small');
      assert.ok((data.usage?.completion_tokens ?? 0) > 0);
      assert.equal(response.headers.get('x-cascade-model'), 'small');
      assert.ok(Number(response.headers.get('x-cascade-saved')) > 0);
      const strict = await client.chat.completions.create({ model: 'cascade:strict', messages: ask(script.question) });
      assert.equal(strict.model, 'large');
    },
    async stream() {
      const stream = await client.chat.completions.create({ model: 'cascade', messages: ask(script.question), stream: true, stream_options: { include_usage: true } });
      let text = '';
      let tokens = 0;
      for await (const chunk of stream) {
        text += chunk.choices[0]?.delta.content ?? '';
        tokens += chunk.usage?.total_tokens ?? 0;
      }
      assert.equal(text, script.answer);
      assert.ok(tokens > 0);
    },
    async tools() {
      const messages: OpenAI.ChatCompletionMessageParam[] = ask(script.toolQuestion);
      const first = await client.chat.completions.create({ model: 'cascade', messages, tools });
      const answer = first.choices[0]?.message as OpenAI.ChatCompletionMessage;
      const call = answer.tool_calls?.[0];
      assert.ok(call?.type === 'function');
      assert.deepEqual(JSON.parse(call.function.arguments), { city: 'Canberra' });
      const second = await client.chat.completions.create({ model: 'cascade', messages: [...messages, answer, { role: 'tool', tool_call_id: call.id, content: 'sunny' }], tools });
      assert.equal(second.choices[0]?.message.content, script.toolAnswer);
      const streamed = await client.chat.completions.stream({ model: 'cascade', messages, tools }).finalChatCompletion();
      assert.equal(streamed.choices[0]?.finish_reason, 'tool_calls');
    },
    async structured() {
      const format = { type: 'json_schema' as const, json_schema: { name: 'place', schema: { ...placeSchema }, strict: true } };
      const answer = await client.chat.completions.parse({ model: 'cascade', messages: ask(script.structuredQuestion), response_format: format });
      assert.deepEqual(answer.choices[0]?.message.parsed, script.structured);
    },
    async errors() {
      const failing = client.chat.completions.create({ model: 'large', messages: ask(script.failing) });
      await assert.rejects(failing, (error) => error instanceof OpenAI.BadRequestError && error.message.includes('the upstream says no'));
      await assert.rejects(client.chat.completions.create({ model: 'nobody', messages: ask('hi') }), OpenAI.NotFoundError);
      await assert.rejects(client.chat.completions.create({ model: 'cascade', messages: [] }), OpenAI.BadRequestError);
      const stranger = new OpenAI({ apiKey: wrongKey, baseURL: `${url}/v1`, maxRetries: 0 });
      await assert.rejects(stranger.chat.completions.create({ model: 'cascade', messages: ask('hi') }), OpenAI.AuthenticationError);
    },
    async abort() {
      const stream = await client.chat.completions.create({ model: 'large', messages: ask(script.slow), stream: true });
      for await (const chunk of stream) if (chunk.choices[0]?.delta.content) break;
    },
  };
};
