import { defineConfig, type UserConfig } from 'tsdown';

/** What n8n loads. */
const entries = [
  'nodes/CascadeFlowChatModel/CascadeFlowChatModel.node',
  'nodes/CascadeFlow/CascadeFlow.node',
  'credentials/CascadeFlowApi.credentials',
  'credentials/CascadeFlowOpenAiApi.credentials',
];
const fromHost = ['n8n-workflow', '@n8n/ai-node-sdk'];

/** CommonJS with everything in it but what n8n itself brings. What both nodes need is in one file beside them, so that n8n compiles it once. */
export default defineConfig(({ outDir = 'dist' }): UserConfig => ({
  entry: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
  format: 'cjs',
  target: 'node20',
  platform: 'node',
  clean: true,
  fixedExtension: false,
  minify: true,
  dts: false,
  report: false,
  failOnWarn: true,
  checks: { ineffectiveDynamicImport: false }, // core loads the judge and the router late; here they are in one file with it
  deps: { neverBundle: fromHost, alwaysBundle: [/^(?!n8n-workflow|@n8n\/)/], onlyBundle: false },
  inputOptions: { resolve: { conditionNames: ['@cascadeflow/source', 'node', 'import', 'default'] } },
  outputOptions: { chunkFileNames: 'shared/[name].js', codeSplitting: { groups: [{ name: 'engine', test: /packages\/(?!integrations-n8n)|node_modules/, minShareCount: 2 }] } },
  copy: [
    { from: 'src/nodes/CascadeFlow/*.{svg,json}', to: `${outDir}/nodes/CascadeFlow` },
    { from: 'src/nodes/CascadeFlowChatModel/*.json', to: `${outDir}/nodes/CascadeFlowChatModel` },
  ],
}));
