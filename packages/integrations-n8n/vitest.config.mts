import { join } from 'node:path';
import { defineProject } from 'vitest/config';

const conditions = ['@cascadeflow/source', 'node', 'development|production'];

/** The root's configuration for this package, with doubles of what n8n brings: its licence keeps it out of this repository. */
export default defineProject({
  resolve: {
    conditions,
    alias: {
      'n8n-workflow': join(import.meta.dirname, 'src/host/n8n-workflow-doubles.ts'),
      '@n8n/ai-node-sdk': join(import.meta.dirname, 'src/host/ai-node-sdk-doubles.ts'),
    },
  },
  ssr: { resolve: { conditions } },
  test: { name: 'integrations-n8n', testTimeout: 60_000, hookTimeout: 60_000 },
});
