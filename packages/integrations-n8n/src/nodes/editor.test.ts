import { readFileSync } from 'node:fs';
import type { INodeTypeDescription } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { CascadeFlow } from './CascadeFlow/CascadeFlow.node.ts';
import { CascadeFlowChatModel } from './CascadeFlowChatModel/CascadeFlowChatModel.node.ts';

interface Codex {
  readonly categories: readonly string[];
  readonly subcategories: { readonly AI: readonly string[] };
}

/** Settings by which each credential is shown, with the values that show one. */
function shownBy({ credentials = [] }: INodeTypeDescription): Map<string, unknown[]> {
  const values = new Map<string, unknown[]>();
  for (const { displayOptions } of credentials) {
    const { show = {} } = displayOptions as { readonly show?: { readonly [setting: string]: readonly unknown[] } };
    for (const [setting, shown] of Object.entries(show)) values.set(setting, [...(values.get(setting) ?? []), ...shown]);
  }
  return values;
}

// What n8n's editor was seen to do; `pnpm test:n8n` looks at the editor itself.
describe.each(['CascadeFlow', 'CascadeFlowChatModel'])('%s in the editor', (name) => {
  it('is among the root nodes: the search over all nodes leaves out every other node of the category AI', () => {
    const codex = JSON.parse(readFileSync(new URL(`./${name}/${name}.node.json`, import.meta.url), 'utf8')) as Codex;
    expect(codex.categories).toEqual(['AI']);
    expect(codex.subcategories.AI).toContain('Root Nodes');
  });

  it('has no setting whose every value shows a credential: that one is hidden, with all it depends on', () => {
    const { description } = name === 'CascadeFlow' ? new CascadeFlow() : new CascadeFlowChatModel();
    for (const [setting, shown] of shownBy(description)) {
      const options = description.properties.find((property) => property.name === setting)?.options as readonly { readonly value: unknown }[];
      expect(options.every(({ value }) => shown.includes(value))).toBe(false);
    }
  });
});
