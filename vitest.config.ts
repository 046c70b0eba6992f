import { defineConfig } from 'vitest/config';

/** One project per workspace package; packages resolve to their source, so nothing is built before a test. */
export default defineConfig({
  resolve: { conditions: ['@cascadeflow/source'] },
  ssr: { resolve: { conditions: ['@cascadeflow/source'] } },
  test: {
    projects: ['packages/*', 'apps/*'],
  },
});
