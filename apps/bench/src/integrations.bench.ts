/** What LangChain and the AI SDK pay for a cascade beside the bare model that it wraps. */
import type { LanguageModelV4 } from '@ai-sdk/provider';
import { cascade } from '@cascadeflow/ai-sdk';
import { CascadeAgent } from '@cascadeflow/core';
import { withCascade } from '@cascadeflow/langchain';
import { repeatingModel } from '@cascadeflow/testing';
import { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, AIMessageChunk, type BaseMessage } from '@langchain/core/messages';
import { ChatGenerationChunk, type ChatResult } from '@langchain/core/outputs';
import { generateText } from 'ai';
import type { BenchContext } from './bench.ts';
import { timePair, timeTask, toTimes } from './timing.ts';

const prompt = 'What is the capital of Australia?';
const answer = 'The capital of Australia is Canberra, which became the seat of government in 1927.';
const runs = 5000;
/** The compiler works on some of a run's code for ten thousand runs. */
const warmUp = 10_000;
/** Every draft is accepted, so that one model is called on either side. */
const acceptAll = { quality: { minProbability: 0 } } as const;

export async function bench({ report }: BenchContext): Promise<void> {
  await engine(report);
  await langchain(report);
  await aiSdk(report);
}

/** The engine alone, for telling its share of the figures below from that of the translation. */
async function engine(report: BenchContext['report']): Promise<void> {
  const model = (id: string) => ({ name: id, model: repeatingModel(() => answer, { id }), cost: id === 'small' ? 0.001 : 0.01 });
  const agent = new CascadeAgent({ ...acceptAll, models: [model('small'), model('large')] });
  const times = toTimes(await timeTask(() => agent.run(prompt), { runs, warmUp }));
  report.figure({ name: 'engine alone: run, p50', value: times.p50, unit: 'ms', n: runs });
}

/** A chat model that answers at once. */
class InstantChatModel extends BaseChatModel {
  readonly model: string;

  constructor(model: string) {
    super({});
    this.model = model;
  }

  override _llmType(): string {
    return 'instant';
  }

  override getLsParams() {
    return { ls_provider: 'instant', ls_model_name: this.model, ls_model_type: 'chat' as const };
  }

  override async _generate(_messages: BaseMessage[]): Promise<ChatResult> {
    const message = new AIMessage({ content: answer, response_metadata: { finish_reason: 'stop' }, usage_metadata: { input_tokens: 9, output_tokens: 18, total_tokens: 27 } } as object);
    return { generations: [{ text: answer, message }] };
  }

  override async *_streamResponseChunks(): AsyncGenerator<ChatGenerationChunk> {
    for (const text of answer.split(/(?<= )/u)) yield new ChatGenerationChunk({ text, message: new AIMessageChunk(text) });
    yield new ChatGenerationChunk({ text: '', message: new AIMessageChunk({ content: '', response_metadata: { finish_reason: 'stop' } }) });
  }
}

async function langchain(report: BenchContext['report']): Promise<void> {
  const bare = new InstantChatModel('small');
  const wrapped = withCascade({ ...acceptAll, drafter: { chatModel: bare, cost: 0.001 }, verifier: { chatModel: new InstantChatModel('large'), cost: 0.01 } });
  const pair = await timePair(() => wrapped.invoke(prompt), () => bare.invoke(prompt), { runs, warmUp });
  report.figure({ name: 'LangChain: bare invoke, p50', value: pair.second.p50, unit: 'ms', n: runs });
  report.figure({ name: 'LangChain: cascade invoke, p50', value: pair.first.p50, unit: 'ms', n: runs });
  report.figure({ name: 'LangChain: overhead per invoke, p99', value: pair.difference.p99, unit: 'ms', n: runs });
  report.target('LangChain: overhead per invoke, p50', pair.difference.p50, { atMost: 0.25 }, { unit: 'ms', n: runs, interval: pair.differenceInterval });
  const drain = async (model: BaseChatModel) => {
    for await (const _ of await model.stream(prompt)) { /* to the end */ }
  };
  const streams = await timePair(() => drain(wrapped), () => drain(bare), { runs: 2000, warmUp: 500 });
  report.figure({ name: 'LangChain: overhead per stream of 13 chunks, p50', value: streams.difference.p50, unit: 'ms', n: 2000, interval: streams.differenceInterval });
}

/** A language model that answers at once. */
function instantLanguageModel(modelId: string): LanguageModelV4 {
  const usage = { inputTokens: { total: 9, noCache: 9, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 18, text: 18, reasoning: 0 } };
  return {
    specificationVersion: 'v4',
    provider: 'instant',
    modelId,
    supportedUrls: {},
    async doGenerate() {
      return { content: [{ type: 'text', text: answer }], finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] };
    },
    async doStream() {
      throw new Error('this benchmark does not stream');
    },
  };
}

async function aiSdk(report: BenchContext['report']): Promise<void> {
  const bare = instantLanguageModel('small');
  const wrapped = cascade({ ...acceptAll, drafter: { model: bare, cost: 0.001 }, verifier: { model: instantLanguageModel('large'), cost: 0.01 } });
  const options: Parameters<LanguageModelV4['doGenerate']>[0] = { prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] };
  const calls = await timePair(() => wrapped.doGenerate(options), () => bare.doGenerate(options), { runs, warmUp });
  report.figure({ name: 'AI SDK: cascade doGenerate, p50', value: calls.first.p50, unit: 'ms', n: runs });
  report.figure({ name: 'AI SDK: overhead per doGenerate, p99', value: calls.difference.p99, unit: 'ms', n: runs });
  report.target('AI SDK: overhead per doGenerate, p50', calls.difference.p50, { atMost: 0.1 }, { unit: 'ms', n: runs, interval: calls.differenceInterval });
  const texts = await timePair(() => generateText({ model: wrapped, prompt }), () => generateText({ model: bare, prompt }), { runs, warmUp });
  report.figure({ name: 'AI SDK: bare generateText, p50', value: texts.second.p50, unit: 'ms', n: runs });
  report.target('AI SDK: overhead per generateText, p50', texts.difference.p50, { atMost: 0.1 }, { unit: 'ms', n: runs, interval: texts.differenceInterval });
}
