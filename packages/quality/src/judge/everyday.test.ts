import type { ModelInfo } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { accepts } from './everyday-doubles.ts';

const verifier: ModelInfo = { name: 'gpt-5', provider: 'openai', tier: 1, price: { input: 1.25, output: 10 }, capabilities: {} };

/** None of them was fitted on. */
const everyday = [
  ["What's the capital of France?", 'Paris'], ["What's the capital of France?", 'The capital of France is Paris.'], ['Who wrote Hamlet?', 'William Shakespeare wrote Hamlet, around 1600.'],
  ['How many days are in a leap year?', '366'], ["What's the chemical symbol for gold?", 'Au'], ['What does HTML stand for?', 'HyperText Markup Language'],
  ["Translate 'good morning' into French.", 'Bonjour'], ['Fix the grammar: she go to school', 'She goes to school.'], ['Say hello.', 'Hello! How can I help you today?'],
  ['Write a one-line git command to undo the last commit but keep changes.', 'git reset --soft HEAD~1'],
] as const;

it('takes a cheap model\'s good answers to what people ask every day', async () => {
  const accepted = await Promise.all(everyday.map(([prompt, content]) => accepts(prompt, content, verifier)));
  expect(accepted.filter(Boolean).length).toBeGreaterThanOrEqual(9);
});

it('takes none of them when it is a refusal, garbled, in another language, or about something else', async () => {
  const flawed = ["I'm sorry, but I can't help with that request.", 'xkq zzvrt blnkrpf wqtz mmprt fgjkl', 'Das kann ich dir leider nicht so einfach sagen, weil es davon abhängt, was du meinst.', '...'];
  for (const content of flawed) {
    const accepted = await Promise.all(everyday.filter(([prompt]) => !/French/.test(prompt)).map(([prompt]) => accepts(prompt, content, verifier)));
    expect(accepted.filter(Boolean)).toEqual([]);
  }
});
