import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { CascadeFlow } from './nodes/CascadeFlow/CascadeFlow.node.ts';
import { CascadeFlowChatModel } from './nodes/CascadeFlowChatModel/CascadeFlowChatModel.node.ts';

interface WorkflowNode {
  readonly name: string;
  readonly type: string;
  readonly parameters: { readonly [name: string]: unknown };
  readonly credentials?: { readonly [type: string]: object };
}
interface Workflow {
  readonly id: string;
  readonly nodes: readonly WorkflowNode[];
  readonly connections: { readonly [from: string]: { readonly [type: string]: readonly (readonly { readonly node: string; readonly index: number }[])[] } };
}

const folder = join(import.meta.dirname, '../workflows');
const files = readdirSync(folder);
const ours = new Map([new CascadeFlow(), new CascadeFlowChatModel()].map((node) => [`@cascadeflow/n8n-nodes-cascadeflow.${node.description.name}`, node.description]));
const namesOf = (properties: readonly INodeProperties[]) => properties.map(({ name }) => name);

describe.each(files)('%s', (file) => {
  const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Workflow;

  it('connects nodes that there are', () => {
    const names = workflow.nodes.map(({ name }) => name);
    for (const [from, byType] of Object.entries(workflow.connections)) {
      expect(names).toContain(from);
      for (const arrow of Object.values(byType).flat(2)) expect(names).toContain(arrow.node);
    }
  });

  it('sets what our nodes have', () => {
    const used = workflow.nodes.filter(({ type }) => type.startsWith('@cascadeflow/'));
    expect(used.length).toBeGreaterThan(0);
    for (const { type, parameters, credentials = {} } of used) {
      const description = ours.get(type);
      const properties = description?.properties ?? [];
      expect(namesOf(properties)).toEqual(expect.arrayContaining(Object.keys(parameters)));
      const options = properties.find(({ name }) => name === 'options')?.options as readonly INodeProperties[];
      expect(namesOf(options)).toEqual(expect.arrayContaining(Object.keys(parameters['options'] ?? {})));
      expect((description?.credentials ?? []).map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(credentials)));
    }
  });

  it('gives every chat model node a drafter and a verifier, one input each', () => {
    const inputs = (node: string) => Object.values(workflow.connections).flatMap((byType) => (byType['ai_languageModel'] ?? []).flat()).filter((arrow) => arrow.node === node).map(({ index }) => index);
    for (const { name } of workflow.nodes.filter(({ type }) => type.endsWith('.cascadeFlowChatModel'))) expect(inputs(name).toSorted((a, b) => a - b)).toEqual([0, 1]);
  });
});

it('are the four that the guide shows', () => {
  expect(files.toSorted()).toEqual(['agent-with-tools.json', 'chat-with-cascade.json', 'cost-report.json', 'document-extraction.json']);
});
