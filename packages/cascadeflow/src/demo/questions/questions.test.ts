import { expect, it } from 'vitest';
import { questionText } from '../question.ts';
import { demoQuestions } from './all.ts';

it('covers every domain, every level and every kind of draft', () => {
  const domains = ['code', 'data', 'structured', 'rag', 'conversation', 'tool', 'creative', 'summary', 'translation', 'math', 'science', 'medical', 'legal', 'financial', 'multimodal', 'general'];
  expect(new Set(demoQuestions.map(({ domain }) => domain))).toEqual(new Set(domains));
  expect(new Set(demoQuestions.map(({ level }) => level))).toEqual(new Set(['trivial', 'simple', 'moderate', 'hard', 'expert']));
  const kinds = ['good', 'wrong', 'refused', 'truncated', 'off-topic', 'wrong-form', 'wrong-language', 'failed'];
  expect(new Set(demoQuestions.map(({ kind }) => kind))).toEqual(new Set(kinds));
  expect(demoQuestions.length).toBeGreaterThanOrEqual(40);
});

it('has texts that the stub can tell apart', () => {
  expect(new Set(demoQuestions.map(questionText)).size).toBe(demoQuestions.length);
});

it('recognises its own right answers, and not its own wrong ones', () => {
  for (const { right, verifier, draft, kind, ...question } of demoQuestions) {
    if (right === undefined) continue;
    const textOf = (answer: typeof draft): string =>
      typeof answer === 'string' ? answer : (answer.text ?? '') + (answer.toolCalls ?? []).map((call) => `${call.name} ${JSON.stringify(call.arguments)}`).join('\n');
    expect(textOf(verifier), questionText({ ...question, kind, draft, verifier })).toMatch(right);
    if (kind === 'good') expect(textOf(draft), questionText({ ...question, kind, draft, verifier })).toMatch(right);
    if (kind === 'wrong' || kind === 'refused' || kind === 'off-topic') expect(textOf(draft)).not.toMatch(right);
  }
});
