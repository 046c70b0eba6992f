import { startStub } from '@cascadeflow/testing';
import { expect, it, vi } from 'vitest';
import { POST } from './route.ts';

it('streams one message with one text to the page', async () => {
  const stub = await startStub({ answer: ({ model }) => (model === 'gpt-4o-mini' ? '' : 'Canberra is the capital of Australia.') });
  vi.stubEnv('OPENAI_BASE_URL', stub.baseURL);
  vi.stubEnv('OPENAI_API_KEY', 'test-key');
  const message = { id: '1', role: 'user', parts: [{ type: 'text', text: 'What is the capital of Australia?' }] };
  const response = await POST(new Request('http://localhost/api/chat', { method: 'POST', body: JSON.stringify({ messages: [message] }) }));
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const events = (await response.text()).split('\n\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6)) as { type: string; delta?: string; messageMetadata?: object }] : []));
  expect(events.filter((event) => event.type === 'text-start')).toHaveLength(1);
  expect(events.map((event) => event.delta ?? '').join('')).toBe('Canberra is the capital of Australia.');
  expect(events.find((event) => event.messageMetadata)?.messageMetadata).toMatchObject({ modelUsed: 'gpt-4o' });
  await stub.close();
});
