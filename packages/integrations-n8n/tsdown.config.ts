import { defineConfig, type UserConfig } from 'tsdown';

/** What n8n loads, each as one CommonJS file with everything in it but what n8n itself brings. */
const entries = [
  'nodes/CascadeFlowChatModel/CascadeFlowChatModel.node',
  'nodes/CascadeFlow/CascadeFlow.node',
  'credentials/CascadeFlowApi.credentials',
  'credentials/CascadeFlowOpenAiApi.credentials',
];
const fromHost = ['n8n-workflow', '@n8n/ai-node-sdk'];

export default defineConfig(
  entries.map((entry, index): UserConfig => ({
    name: entry,
    entry: { [entry]: `src/${entry}.ts` },
    format: 'cjs',
    target: 'node20',
    platform: 'node',
    clean: index === 0,
    fixedExtension: false,
    minify: true,
    dts: false,
    report: false,
    failOnWarn: true,
    deps: { neverBundle: fromHost, alwaysBundle: [/^(?!n8n-workflow|@n8n\/)/], onlyBundle: false },
    inputOptions: { resolve: { conditionNames: ['@cascadeflow/source', 'node', 'import', 'default'] } },
    outputOptions: { codeSplitting: false },
    copy: entry.startsWith('nodes/') ? [{ from: 'assets/*', to: `dist/${entry.slice(0, entry.lastIndexOf('/'))}` }] : [],
  })),
);
