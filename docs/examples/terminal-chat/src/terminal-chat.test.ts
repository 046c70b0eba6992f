import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { chat, createAgent } from './terminal-chat.ts';

async function* typed(...lines: string[]) {
  yield* lines;
}

it('streams one answer a turn and sends the conversation with the next', async () => {
  const stub = await startStub({ answer: ({ prompt }) => (prompt.includes('Bern') ? 'Bern lies on the Aare.' : 'The capital of Switzerland is Bern.') });
  let screen = '';
  const messages = await chat(createAgent({ apiKey: 'test-key', baseURL: stub.baseURL }), typed('What is the capital of Switzerland?', 'Which river is Bern on?'), (text) => {
    screen += text;
  });
  expect(screen).toContain('> The capital of Switzerland is Bern.\n[gpt-');
  expect(screen).toContain('> Bern lies on the Aare.\n[');
  expect(messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)).toEqual(['The capital of Switzerland is Bern.', 'Bern lies on the Aare.']);
  const last = stub.requests.at(-1)?.body as { messages: { role: string; content: string }[] };
  expect(last.messages.map(({ content }) => content)).toContain('The capital of Switzerland is Bern.');
  await stub.close();
});
