import type { Message } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { plainChat } from './quirks.ts';
import { addInstruction, toChatMessages } from './to-chat-messages.ts';

const history: readonly Message[] = [
  { role: 'system', content: [{ type: 'text', text: 'Be brief.', cacheControl: { type: 'ephemeral' } }] },
  { role: 'user', content: 'Weather?' },
  {
    role: 'assistant',
    content: '',
    reasoning: [{ text: 'I should ask.', signature: 'proof-of-another-vendor', provider: 'anthropic' }],
    toolCalls: [{ id: 'toolu_01ABCdef-longer_than_nine', name: 'weather', arguments: '' }],
    provenance: { provider: 'anthropic', model: 'claude', tier: 1 },
  },
  { role: 'tool', toolCallId: 'toolu_01ABCdef-longer_than_nine', content: 'no such city', isError: true },
];

describe('toChatMessages', () => {
  it('writes a foreign history in this wire’s form, its thinking left out', () => {
    const wire = toChatMessages(history, plainChat, []);
    expect(wire).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'toolu_01ABCdef-longer_than_nine', type: 'function', function: { name: 'weather', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: 'toolu_01ABCdef-longer_than_nine', content: 'Error: no such city' },
    ]);
    expect(JSON.stringify(wire)).not.toMatch(/proof|I should ask|provenance/);
  });

  it('maps tool call ids to what the vendor takes, the same for call and result, the same in every request', () => {
    const mistral = { ...plainChat, toolCallId: { pattern: /^[a-zA-Z0-9]{9}$/, length: 9 } };
    const [, , assistant, tool] = toChatMessages(history, mistral, []);
    const [call] = (assistant?.['tool_calls'] ?? []) as readonly { id: string }[];
    expect(call?.id).toMatch(/^[a-zA-Z0-9]{9}$/);
    expect(tool?.['tool_call_id']).toBe(call?.id);
    expect(toChatMessages(history, mistral, [])).toEqual(toChatMessages(history, mistral, []));
  });

  it('keeps cache marks where the server reads them', () => {
    const [system] = toChatMessages(history, { ...plainChat, cacheControl: true }, []);
    expect(system?.content).toEqual([{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }]);
  });

  it('puts instructions into the first user message of models without a system role, and joins neighbours', () => {
    const wire = toChatMessages(
      [{ role: 'system', content: 'A' }, { role: 'user', content: 'B' }, { role: 'user', content: [{ type: 'image', url: 'data:image/png;base64,AA==' }] }],
      { ...plainChat, systemRole: 'user', mergeRoles: true },
      [],
    );
    expect(wire).toEqual([{ role: 'user', content: [{ type: 'text', text: 'A\n\nB' }, { type: 'image_url', image_url: { url: 'data:image/png;base64,AA==' } }] }]);
  });

  it('sends bytes as a data address, keeps detail, and says when images are left out', () => {
    const message: Message = { role: 'user', content: [{ type: 'text', text: 'What?' }, { type: 'image', data: 'AA==', mediaType: 'image/jpeg', detail: 'low' }] };
    expect(toChatMessages([message], plainChat, [])[0]?.content).toEqual([
      { type: 'text', text: 'What?' },
      { type: 'image_url', image_url: { url: 'data:image/jpeg;base64,AA==', detail: 'low' } },
    ]);
    const warnings: string[] = [];
    expect(toChatMessages([message], { ...plainChat, images: false }, warnings)[0]?.content).toBe('What?');
    expect(warnings).toEqual(['images are left out: the model reads none']);
  });

  it('adds an instruction after the application’s own', () => {
    expect(addInstruction([{ role: 'system', content: 'A' }, { role: 'user', content: 'B' }], 'C')[0]).toEqual({ role: 'system', content: 'A\n\nC' });
    expect(addInstruction([{ role: 'user', content: 'B' }], 'C')[0]).toEqual({ role: 'system', content: 'C' });
  });
});
