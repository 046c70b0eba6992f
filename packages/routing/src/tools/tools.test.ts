import type { Embedder, ToolDefinition } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { pruneTools } from './prune-tools.ts';
import { assessToolNeed } from './tool-need.ts';
import { toolRisk } from './tool-risk.ts';

const tool = (name: string, more: Partial<ToolDefinition> = {}): ToolDefinition => ({ name, parameters: { type: 'object' }, ...more });

describe('toolRisk', () => {
  it.each([
    ['get_weather', 'read'], ['searchDocs', 'read'], ['list-users', 'read'], ['get_refund_status', 'read'], ['calculateTax', 'read'],
    ['send_email', 'write'], ['createIssue', 'write'], ['updates_record', 'write'], ['book_flight', 'write'],
    ['delete_user', 'destructive'], ['dropTable', 'destructive'], ['cancel_order', 'destructive'], ['find_and_delete_files', 'read'],
    ['pay_invoice', 'money'], ['transferFunds', 'money'], ['refund_customer', 'money'], ['create_payment', 'money'],
  ] as const)('%s: %s', (name, risk) => {
    expect(toolRisk(tool(name))).toBe(risk);
  });

  it('lets the tool speak for itself first, then its annotations, then its description', () => {
    expect(toolRisk(tool('delete_user', { risk: 'read' }))).toBe('read');
    expect(toolRisk(tool('delete_user', { annotations: { readOnlyHint: true } }))).toBe('read');
    expect(toolRisk(tool('frobnicate', { annotations: { destructiveHint: true } }))).toBe('destructive');
    expect(toolRisk(tool('frobnicate', { description: 'Permanently deletes the account' }))).toBe('destructive');
    expect(toolRisk(tool('frobnicate', { description: 'Returns the time' }))).not.toBe('destructive');
  });

  it('does not call the unknown harmless', () => {
    expect(toolRisk(tool('zorb'))).toBe('write');
  });
});

describe('pruneTools', () => {
  /** One axis for the weather, one for the rest. */
  const embedder: Embedder = { contract: 'v1', id: 'axes', dimensions: 2, embed: async (texts) => texts.map((text) => (text.includes('weather') ? new Float32Array([1, 0]) : new Float32Array([0, 1]))) };
  const tools = [tool('a'), tool('b'), tool('weather'), tool('c'), tool('pinned'), tool('called')];

  it('keeps what is near, what was called and what always stays, in the old order', async () => {
    const kept = await pruneTools(tools, [
      { role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'called', arguments: '{}' }] },
      { role: 'user', content: 'how is the weather' },
    ], { embedder, keep: 3, always: ['pinned'] });
    expect(kept.map((entry) => entry.name)).toEqual(['weather', 'pinned', 'called']);
  });

  it('leaves a short list alone without asking the embedder', async () => {
    const silent: Embedder = { ...embedder, embed: () => Promise.reject(new Error('asked')) };
    expect(await pruneTools(tools, [], { embedder: silent })).toBe(tools);
  });
});

describe('assessToolNeed', () => {
  const domain = { label: 'tool', confidence: 0.8 } as const;
  const request = { messages: [{ role: 'user', content: 'set an alarm' }], tools: [tool('set_alarm')] } as const;

  it('goes by the domain unless the caller has decided', () => {
    expect(assessToolNeed(request, domain)).toMatchObject({ needed: true, probability: 0.8 });
    expect(assessToolNeed(request, { label: 'conversation', confidence: 0.9 }).needed).toBe(false);
    expect(assessToolNeed({ ...request, toolChoice: 'none' }, domain)).toMatchObject({ needed: false, probability: 0 });
    expect(assessToolNeed({ ...request, toolChoice: { name: 'set_alarm' } }, { label: 'general', confidence: 1 }).probability).toBe(1);
    expect(assessToolNeed({ messages: request.messages }, domain).reason).toBe('no tools are on offer');
  });
});
