import assert from 'node:assert/strict';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { APICallError, generateText, jsonSchema, Output, stepCountIs, streamText, tool, type LanguageModel } from 'ai';
import { placeSchema, weatherSchema, wrongKey, type ClientSuite, type OpenSuite } from './client-suite.ts';
import { script, type World } from './world.ts';

/** The AI SDK by its OpenAI provider. */
export const openAiSdkOpenAI: OpenSuite = ({ url, key }) => createSuite('AI SDK, OpenAI provider', (model = 'cascade', apiKey = key) => createOpenAI({ apiKey, baseURL: `${url}/v1` }).chat(model), 'large');

/** The AI SDK by its Anthropic provider. */
export const openAiSdkAnthropic: OpenSuite = ({ url, key }: World) => createSuite('AI SDK, Anthropic provider', (model = 'cascade:claude', apiKey = key) => createAnthropic({ apiKey, baseURL: `${url}/v1` })(model), 'claude-opus-4-6');

function createSuite(name: string, open: (model?: string, apiKey?: string) => LanguageModel, plain: string): ClientSuite {
  const rest = { maxRetries: 0, maxOutputTokens: 200 };
  const isStatus = (status: number) => (error: unknown) => APICallError.isInstance(error) && error.statusCode === status;
  return {
    name,
    async text() {
      const { text, response, usage } = await generateText({ model: open(), prompt: script.question, ...rest });
      assert.equal(text, script.answer);
      assert.ok(response.headers?.['x-cascade-run-id']);
      assert.ok((usage.outputTokens ?? 0) > 0);
    },
    async stream() {
      const stream = streamText({ model: open(), prompt: script.question, ...rest });
      assert.equal(await stream.text, script.answer);
      assert.equal(await stream.finishReason, 'stop');
    },
    async tools() {
      const asked: unknown[] = [];
      const weather = tool({
        description: 'Weather of a city.',
        inputSchema: jsonSchema<{ city: string }>({ ...weatherSchema, required: ['city'] }),
        execute: (input: { city: string }) => {
          asked.push(input);
          return 'sunny';
        },
      });
      const { text } = await generateText({ model: open(), prompt: script.toolQuestion, tools: { weather }, stopWhen: stepCountIs(3), ...rest });
      assert.deepEqual(asked, [{ city: 'Canberra' }]);
      assert.equal(text, script.toolAnswer);
    },
    async structured() {
      const schema = jsonSchema<{ city: string; country: string }>({ ...placeSchema, required: [...placeSchema.required] });
      const { output } = await generateText({ model: open(), prompt: script.structuredQuestion, output: Output.object({ schema }), ...rest });
      assert.deepEqual(output, script.structured);
    },
    async errors() {
      await assert.rejects(generateText({ model: open(plain), prompt: script.failing, ...rest }), isStatus(400));
      await assert.rejects(generateText({ model: open('nobody'), prompt: 'hi', ...rest }), isStatus(404));
      await assert.rejects(generateText({ model: open(plain, wrongKey), prompt: 'hi', ...rest }), isStatus(401));
    },
    async abort() {
      const controller = new AbortController();
      const stream = streamText({ model: open(plain), prompt: script.slow, abortSignal: controller.signal, ...rest, onError: () => {} });
      for await (const _ of stream.textStream) {
        controller.abort();
        break;
      }
    },
  };
}
