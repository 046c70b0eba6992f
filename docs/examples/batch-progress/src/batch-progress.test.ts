import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { answerAll } from './batch-progress.ts';

it('keeps the order, goes on past a failure and tells how far it is', async () => {
  const stub = await startStub({
    answer: ({ prompt }) => (prompt === 'Question 3?' ? { fault: { type: 'status', status: 400, message: 'bad question' } } : `This is the answer to ${prompt}`),
  });
  const lines: string[] = [];
  const questions = Array.from({ length: 12 }, (_, index) => `Question ${index}?`);
  const answers = await answerAll(questions, { apiKey: 'test-key', baseURL: stub.baseURL }, (line) => lines.push(line));
  expect(answers[7]).toBe('This is the answer to Question 7?');
  expect(answers[3]).toMatch(/^failed: /);
  expect(lines).toHaveLength(12);
  expect(lines.at(-1)).toMatch(/^12\/12, 1 failed, 0\.\d{6} USD$/);
  await stub.close();
});
