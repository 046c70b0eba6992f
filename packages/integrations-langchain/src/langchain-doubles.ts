import type { Judge, Router } from '@cascadeflow/contract';
import { anthropicDialect, openaiDialect, startStub, type StubAnswerer } from '@cascadeflow/testing';
import { ChatAnthropic } from '@langchain/anthropic';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { ChatOpenAI } from '@langchain/openai';
import type { WithCascadeOptions } from './with-cascade.ts';
import { withCascade } from './with-cascade.ts';

/** A judge for tests: whatever has the word "bad" in its text or its tool calls is not accepted. */
export const wordJudge: Judge = ({ draft }) => {
  const isBad = /bad/u.test(draft.content) || draft.toolCalls.some((call) => /bad/u.test(call.arguments));
  return { accept: !isBad, probability: isBad ? 0.1 : 0.95, threshold: 0.8, signals: [], reason: 'by its words' };
};

/** A router for tests: every model that can, cheapest first. */
export const plainRouter: Router = ({ models, request }) => {
  const needsTools = (request.tools?.length ?? 0) > 0;
  const able = models.filter((model) => !needsTools || model.capabilities.tools !== false);
  const excluded = models.filter((model) => !able.includes(model)).map((model) => ({ model: model.name, reason: 'it cannot call tools' }));
  return {
    complexity: { label: 'simple', confidence: 0.9 },
    domain: { label: 'general', confidence: 0.8 },
    plan: { tiers: able.map((model) => model.tier), start: able.length > 1 ? 'draft' : 'direct', secondOpinion: 'off', excluded },
    reasons: ['test'],
  };
};

/** Vendors whose real LangChain packages the tests run on. */
export type Vendor = 'openai' | 'anthropic';

/** A real chat model of a vendor's package, pointed at a stub. */
export function chatModel(vendor: Vendor, model: string, url: string, more: object = {}): BaseChatModel {
  const common = { model, apiKey: 'test-key', maxRetries: 0, ...more };
  return vendor === 'openai' ? new ChatOpenAI({ ...common, configuration: { baseURL: `${url}/v1` } }) : new ChatAnthropic({ ...common, anthropicApiUrl: url, maxTokens: 100 });
}

/** A stub that speaks both wires. */
export function startVendors(answer: StubAnswerer) {
  return startStub({ answer, dialects: [openaiDialect, anthropicDialect] });
}

/** A cascade of two real chat models: `cheap` at 1 USD per 1M tokens, `dear` at 10. */
export function stubCascade(url: string, [drafter, verifier]: readonly [Vendor, Vendor], options: Partial<WithCascadeOptions> = {}) {
  return withCascade({
    judge: wordJudge,
    router: plainRouter,
    ...options,
    drafter: { chatModel: chatModel(drafter, 'cheap', url), cost: { input: 1, output: 1 } },
    verifier: { chatModel: chatModel(verifier, 'dear', url), cost: { input: 10, output: 10 } },
  });
}
