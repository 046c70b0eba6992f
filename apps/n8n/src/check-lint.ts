import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Checks } from '@cascadeflow/real/checks';
import { installLint } from './install.ts';

const nodes = resolve(import.meta.dirname, '../../../packages/integrations-n8n');

/**
 * All rules of n8n's plugin for community nodes, and those of the older plugin but three: two that contradict the first (it wants constants where the
 * older wants texts), and one on addresses of n8n's own documentation.
 */
const config = (installation: string) => `
import { createRequire } from 'node:module';
const require = createRequire(${JSON.stringify(join(installation, 'package.json'))});
const loaded = require('@n8n/eslint-plugin-community-nodes');
const older = require('eslint-plugin-n8n-nodes-base');
const off = Object.fromEntries(['node-class-description-inputs-wrong-regular-node', 'node-class-description-outputs-wrong', 'cred-class-field-documentation-url-miscased'].map((rule) => ['n8n-nodes-base/' + rule, 'off']));
export default [
  { ignores: ['**/*.test.ts', '**/*-doubles.ts', 'dist/**', '*.config.*'] },
  { files: ['**/*.ts', '**/*.json'], languageOptions: { parser: require('typescript-eslint').parser, parserOptions: { extraFileExtensions: ['.json'] } } },
  (loaded.default ?? loaded).configs.recommended,
  { files: ['src/nodes/**/*.ts', 'src/*/properties.ts'], plugins: { 'n8n-nodes-base': older }, rules: { ...older.configs.nodes.rules, ...off } },
  { files: ['src/credentials/*.ts'], plugins: { 'n8n-nodes-base': older }, rules: { ...older.configs.credentials.rules, ...off } },
  { files: ['package.json'], plugins: { 'n8n-nodes-base': older }, rules: older.configs.community.rules },
];
`;

/** Lints the nodes as n8n does before it verifies a package. */
export async function checkLint(checks: Checks): Promise<void> {
  const installation = installLint();
  await checks.check("n8n's lint for community nodes is clean", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-lint-'));
    try {
      const file = join(folder, 'eslint.config.mjs');
      writeFileSync(file, config(installation));
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(installation, 'node_modules/eslint/bin/eslint.js'), '--config', file, '--max-warnings', '0', 'src', 'package.json'], { cwd: nodes, encoding: 'utf8' });
      if (status !== 0) throw new Error(`${stdout}${stderr}`.trim());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
