import { expect, it } from 'vitest';
import { Adapter, BaseChatModel } from '../host/ai-node-sdk-doubles.ts';
import { attachLog, DecisionLog } from './attach-log.ts';
import type { Decision } from './decision.ts';

const decision = { modelUsed: 'small', draftAccepted: true } as Decision;

class Recorder extends BaseChatModel {
  readonly configs: object[] = [];
  async generate(_messages: readonly unknown[], config: object = {}) {
    this.configs.push(config);
    return { message: { role: 'assistant' as const, content: [] } };
  }
  async *stream(_messages: readonly unknown[], config: object = {}) {
    this.configs.push(config);
    yield { type: 'finish' as const, finishReason: 'stop' as const };
  }
}

/** What a handler is told at the end of an answer, after all handlers of the adapter were told. */
function tell(adapter: Adapter, text: string, message?: object) {
  const output = { generations: [[{ text, ...(message && { message }) }]], llmOutput: undefined as object | undefined };
  for (const handler of adapter.callbacks as { handleLLMEnd?(told: object): void }[]) handler.handleLLMEnd?.(output);
  return output as typeof output & { generations: { generationInfo?: object }[][] };
}

function attached() {
  const log = new DecisionLog();
  const adapter = attachLog({ response: new Adapter(new Recorder('cascadeflow', 'small > large')) }, log).response as Adapter;
  return { log, adapter };
}

it('stands before the tracer of n8n, which then reads the decision', () => {
  const { log, adapter } = attached();
  expect(adapter.callbacks).toMatchObject([{ name: 'cascadeflow_decision', awaitHandlers: true }, { name: 'tracer of n8n' }]);
  log.add(decision, 'Yes.');
  expect(tell(adapter, 'Yes.').generations[0]?.[0]?.generationInfo).toEqual({ cascade: decision });
});

it('gives each answer its own decision, the oldest first, and no answer one twice', () => {
  const { log, adapter } = attached();
  const other = { ...decision, modelUsed: 'large' };
  log.add(decision, 'Yes.');
  log.add(other, 'No.');
  expect(tell(adapter, 'No.').generations[0]?.[0]?.generationInfo).toEqual({ cascade: other });
  expect(tell(adapter, 'Yes.').generations[0]?.[0]?.generationInfo).toEqual({ cascade: decision });
  expect(tell(adapter, 'Yes.').generations[0]?.[0]).not.toHaveProperty('generationInfo');
});

it('shows the tokens of a streamed answer, which come with its message', () => {
  const { adapter } = attached();
  const usage = { input_tokens: 10, output_tokens: 20, total_tokens: 30 };
  expect(tell(adapter, 'Yes.', { usage_metadata: usage }).llmOutput).toEqual({ tokenUsage: usage });
  expect(tell(adapter, 'Yes.').llmOutput).toBeUndefined();
});

it('stays when tools are bound, and hands the messages of LangChain on', async () => {
  const { adapter } = attached();
  const bound = adapter.bindTools([]);
  expect(bound.callbacks[0]).toMatchObject({ name: 'cascadeflow_decision' });
  const messages = [{ role: 'user' as const, content: [] }];
  await bound._generate(messages, { temperature: 0 });
  for await (const _ of bound._streamResponseChunks(messages, {})) { /* to the end */ }
  expect((bound.model as Recorder).configs).toEqual([{ temperature: 0, originals: messages }, { originals: messages }]);
});
