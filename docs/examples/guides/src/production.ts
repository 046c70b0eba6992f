import { CascadeError } from '@cascadeflow/contract';
import { CascadeAgent, type ModelConfig } from '@cascadeflow/core';
import { guardModel } from '@cascadeflow/guardrails';
import { openai } from '@cascadeflow/providers-openai';
import { createRedisBudgetStore, createRedisStore, type RedisClient } from '@cascadeflow/redis';
import { logRuns, observeAll, type RunLogger, telemetryObserver } from '@cascadeflow/telemetry';

/** An agent as it goes into production. */
export function createAgent(env: { readonly [name: string]: string | undefined }, client: RedisClient, logger: RunLogger, drafter: ModelConfig): CascadeAgent {
  // #region agent
  const provider = openai({ env });
  return new CascadeAgent({
    models: [drafter, { name: 'gpt-5', model: guardModel(provider.model('gpt-5')), cost: { input: 1.25, output: 10 } }],
    deadlineMs: 60_000,
    silenceMs: 20_000,
    budgets: {
      rules: [{ per: 'user', every: 'day', limit: 1, atLimit: 'cheapest-only' }],
      store: createRedisBudgetStore({ client }), // one purse for all processes
    },
    cache: { store: createRedisStore({ client }), ttlMs: 3_600_000 },
    resilience: { bulkhead: { calls: 200, waiting: 400 } },
    onEvent: observeAll(telemetryObserver(), logRuns(logger)),
  });
  // #endregion agent
}

/** What an endpoint answers when there is no answer. */
export async function answer(agent: CascadeAgent, question: string, user: string, signal: AbortSignal): Promise<{ status: number; body: string }> {
  // #region errors
  try {
    const { content, degraded } = await agent.run(question, { user, signal });
    return { status: 200, body: degraded ? `${content}\n\n(This answer may be poor.)` : content };
  } catch (error) {
    if (!CascadeError.is(error)) throw error;
    const status = { 'budget-exceeded': 402, 'deadline-exceeded': 504, 'invalid-options': 400, aborted: 499 }[error.code as string] ?? 502;
    return { status, body: error.message }; // never holds a key or a prompt
  }
  // #endregion errors
}
