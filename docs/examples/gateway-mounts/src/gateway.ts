import { CascadeAgent } from '@cascadeflow/core';
import { createGateway, type Gateway } from '@cascadeflow/gateway';
import { openai } from '@cascadeflow/providers-openai';

/** What the examples read of the environment. */
export interface Environment {
  readonly OPENAI_API_KEY?: string | undefined;
  readonly OPENAI_BASE_URL?: string | undefined;
}

// #region gateway
/** The gateway that every example mounts: one cascade of two models. Only what a runtime's `fetch` can do is used. */
export function openGateway(env: Environment): Gateway {
  const provider = openai({
    ...(env.OPENAI_API_KEY !== undefined && { apiKey: env.OPENAI_API_KEY }),
    ...(env.OPENAI_BASE_URL !== undefined && { baseURL: env.OPENAI_BASE_URL }),
  });
  const main = new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider, cost: { input: 0.15, output: 0.6 } },
      { name: 'gpt-4o', provider, cost: { input: 2.5, output: 10 } },
    ],
  });
  return createGateway({ cascades: { main } });
}
// #endregion gateway
