import { defineProject, mergeConfig } from 'vitest/config';

const conditions = ['@cascadeflow/source', 'module', 'node', 'development|production'];

// Real models are loaded in these tests; on a busy machine that takes longer than the usual five seconds.
export default mergeConfig(
  { resolve: { conditions }, ssr: { resolve: { conditions } } },
  defineProject({ test: { name: 'semantic', testTimeout: 60_000 } }),
);
