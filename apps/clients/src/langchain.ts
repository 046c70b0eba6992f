import assert from 'node:assert/strict';
import { ChatAnthropic } from '@langchain/anthropic';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { HumanMessage, ToolMessage, type UsageMetadata } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { z } from 'zod';
import { wrongKey, type ClientSuite, type OpenSuite } from './client-suite.ts';
import { script } from './world.ts';

/** LangChain's ChatOpenAI. */
export const openChatOpenAI: OpenSuite = ({ url, key }) =>
  createSuite('LangChain ChatOpenAI', (model = 'cascade', apiKey = key) => new ChatOpenAI({ model, apiKey, maxRetries: 0, streamUsage: true, configuration: { baseURL: `${url}/v1` } }), 'large');

/** LangChain's ChatAnthropic. */
export const openChatAnthropic: OpenSuite = ({ url, key }) =>
  createSuite('LangChain ChatAnthropic', (model = 'cascade:claude', apiKey = key) => new ChatAnthropic({ model, apiKey, maxRetries: 0, maxTokens: 200, anthropicApiUrl: url }), 'claude-opus-4-6');

const weather = tool(() => 'sunny', { name: 'weather', description: 'Weather of a city.', schema: z.object({ city: z.string() }) });

/** A chat model that takes tools, whichever vendor it speaks to. */
type ToolModel = BaseChatModel & Required<Pick<BaseChatModel, 'bindTools'>>;

function createSuite(name: string, open: (model?: string, apiKey?: string) => ToolModel, plain: string): ClientSuite {
  const isStatus = (status: number) => (error: unknown) => (error as { readonly status?: number }).status === status;
  return {
    name,
    async text() {
      const answer = await open().invoke(script.question);
      assert.equal(answer.text, script.answer);
      const usage = answer.usage_metadata as unknown as UsageMetadata | undefined;
      assert.ok((usage?.output_tokens ?? 0) > 0);
    },
    async stream() {
      let text = '';
      let pieces = 0;
      for await (const chunk of await open().stream(script.question)) {
        text += chunk.text;
        pieces++;
      }
      assert.equal(text, script.answer);
      assert.ok(pieces > 1);
    },
    async tools() {
      const model = open().bindTools([weather]);
      const question = new HumanMessage(script.toolQuestion);
      const first = await model.invoke([question]);
      const [call] = first.tool_calls ?? [];
      assert.deepEqual(call?.args, { city: 'Canberra' });
      const result = new ToolMessage({ content: 'sunny', tool_call_id: call.id ?? '' });
      assert.equal((await model.invoke([question, first, result])).text, script.toolAnswer);
    },
    async structured() {
      const model = open().withStructuredOutput(z.object({ city: z.string(), country: z.string() }), { name: 'place' });
      assert.deepEqual(await model.invoke(script.structuredQuestion), script.structured);
    },
    async errors() {
      await assert.rejects(open(plain).invoke(script.failing), isStatus(400));
      await assert.rejects(open('nobody').invoke('hi'), isStatus(404));
      await assert.rejects(open(plain, wrongKey).invoke('hi'), isStatus(401));
    },
    async abort() {
      const controller = new AbortController();
      const read = async () => {
        for await (const chunk of await open(plain).stream(script.slow, { signal: controller.signal })) if (chunk.text !== '') controller.abort();
      };
      await read().catch(() => {});
      assert.ok(controller.signal.aborted);
    },
  };
}
