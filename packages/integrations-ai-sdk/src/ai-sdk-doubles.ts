import type { Judge, Router } from '@cascadeflow/contract';
import { anthropicDialect, openaiDialect, startStub, type StubAnswerer } from '@cascadeflow/testing';
import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAI as createOpenAIV2 } from '@ai-sdk/openai-v2';
import { createOpenAI as createOpenAIV3 } from '@ai-sdk/openai-v3';
import * as ai7 from 'ai';
import * as ai5 from 'ai-v5';
import * as ai6 from 'ai-v6';
import { cascade, type CascadeOptions } from './cascade.ts';
import type { AnyLanguageModel } from './spec/language-model.ts';

/** A judge for tests: whatever has the word "bad" in its text or its tool calls is not accepted. */
export const wordJudge: Judge = ({ draft }) => {
  const isBad = /bad/u.test(draft.content) || draft.toolCalls.some((call) => /bad/u.test(call.arguments));
  return { accept: !isBad, probability: isBad ? 0.1 : 0.95, threshold: 0.8, signals: [], reason: 'by its words' };
};

/** A router for tests: every model, cheapest first. */
export const plainRouter: Router = ({ models }) => ({
  complexity: { label: 'simple', confidence: 0.9 },
  domain: { label: 'general', confidence: 0.8 },
  plan: { tiers: models.map((model) => model.tier), start: 'draft', secondOpinion: 'off', excluded: [] },
  reasons: ['test'],
});

/** A stub that speaks both wires. */
export function startVendors(answer: StubAnswerer) {
  return startStub({ answer, dialects: [openaiDialect, anthropicDialect] });
}

/** The AI SDK in its three versions, each with the real providers of its time; all take and give what version 7 does, as far as the tests go. */
export const versions = [
  { name: 'AI SDK 7 with OpenAI', ai: ai7, models: (url: string) => pair(createOpenAI, url) },
  { name: 'AI SDK 7 with OpenAI and Anthropic', ai: ai7, models: (url: string) => [openai(createOpenAI, url, 'cheap'), anthropic(url, 'dear')] },
  { name: 'AI SDK 7 with models of version 5 and 6', ai: ai7, models: (url: string) => [openai(createOpenAIV2, url, 'cheap'), openai(createOpenAIV3, url, 'dear')] },
  { name: 'AI SDK 6', ai: ai6 as unknown as typeof ai7, models: (url: string) => pair(createOpenAIV3, url) },
  { name: 'AI SDK 6 with a model of version 5', ai: ai6 as unknown as typeof ai7, models: (url: string) => [openai(createOpenAIV2, url, 'cheap'), openai(createOpenAIV3, url, 'dear')] },
  { name: 'AI SDK 5', ai: ai5 as unknown as typeof ai7, models: (url: string) => pair(createOpenAIV2, url) },
] as const satisfies readonly { name: string; ai: typeof ai7; models: (url: string) => readonly AnyLanguageModel[] }[];

type OpenAIFactory = (settings: { baseURL: string; apiKey: string }) => { chat(model: string): AnyLanguageModel };

function openai(create: OpenAIFactory, url: string, model: string): AnyLanguageModel {
  return create({ baseURL: `${url}/v1`, apiKey: 'test-key' }).chat(model);
}

function anthropic(url: string, model: string): AnyLanguageModel {
  return createAnthropic({ baseURL: `${url}/v1`, apiKey: 'test-key' })(model);
}

function pair(create: OpenAIFactory, url: string): readonly AnyLanguageModel[] {
  return [openai(create, url, 'cheap'), openai(create, url, 'dear')];
}

/** A cascade of two language models: the first at 1 USD per 1M tokens, the second at 10. Typed for version 7 whatever it speaks. */
export function priced([drafter, verifier]: readonly AnyLanguageModel[], options: Partial<CascadeOptions> = {}) {
  return cascade<AnyLanguageModel>({
    judge: wordJudge,
    router: plainRouter,
    retries: 0,
    ...options,
    drafter: { model: drafter as AnyLanguageModel, cost: { input: 1, output: 1 } },
    verifier: { model: verifier as AnyLanguageModel, cost: { input: 10, output: 10 } },
  });
}
