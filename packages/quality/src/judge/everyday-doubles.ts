import type { Draft, Message, ModelInfo } from '@cascadeflow/contract';
import { createJudge } from './create-judge.ts';

const drafter: ModelInfo = { name: 'gpt-4o-mini', provider: 'openai', tier: 0, price: { input: 0.15, output: 0.6 }, capabilities: {} };
const judge = createJudge();

/** Whether the default judge takes a cheap model's answer rather than ask this verifier. */
export async function accepts(asked: string | readonly Message[], content: string, verifier: ModelInfo): Promise<boolean> {
  const draft: Draft = { provider: 'openai', model: drafter.name, tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
  const messages: readonly Message[] = typeof asked === 'string' ? [{ role: 'user', content: asked }] : asked;
  const verdict = await judge({ request: { messages }, draft, model: drafter, target: 'balanced', escalation: { model: verifier } });
  return verdict.accept;
}
