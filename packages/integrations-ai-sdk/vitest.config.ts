import { defineProject } from 'vitest/config';

// Without the condition `module`: under it @opentelemetry/api, which the AI SDK 5 brings, gives a build that only bundlers can load.
const conditions = ['@cascadeflow/source', 'node', 'development|production'];

/** The root's configuration for this package, with other conditions. */
export default defineProject({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: { name: 'integrations-ai-sdk', testTimeout: 30_000, hookTimeout: 20_000 },
});
