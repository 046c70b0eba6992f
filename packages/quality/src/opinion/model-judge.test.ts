import type { Draft, ModelRequest, TokenLogprob } from '@cascadeflow/contract';
import { expect, test } from 'vitest';
import { judgeRequest, readJudgement } from './model-judge.ts';

const draft = (content: string, logprobs?: readonly TokenLogprob[]): Draft => ({
  provider: 'p', model: 'm', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true, ...(logprobs && { logprobs }),
});
const request: ModelRequest = { messages: [{ role: 'system', content: 'Be short.' }, { role: 'user', content: 'What is 6 * 7?' }], temperature: 1 };

test('the judging model sees the conversation and the answer, and is asked for one word', () => {
  const asked = judgeRequest({ request, draft: draft('42') });
  const text = asked.messages.map((message) => message.content).join('\n');
  expect(text).toContain('What is 6 * 7?');
  expect(text).toContain('<answer>\n42\n</answer>');
  expect(text).toMatch(/Reply with one word: (?:yes or no|no or yes)\.$/);
  expect(asked).toMatchObject({ temperature: 0, topLogprobs: 5 });
});

test('neither word is always named first', () => {
  const orders = new Set(['41', '42', '43', '44'].map((content) => /one word: (.*)\./.exec(String(judgeRequest({ request, draft: draft(content) }).messages[1]?.content))?.[1]));
  expect(orders.size).toBe(2);
});

test('yes and no are read with their probabilities where there are any', () => {
  const top = [{ token: 'Yes', logprob: Math.log(0.6) }, { token: ' no', logprob: Math.log(0.2) }, { token: 'Hm', logprob: Math.log(0.1) }];
  expect(readJudgement(draft('Yes', [{ token: 'Yes', logprob: Math.log(0.6), top }]))).toBeCloseTo(0.75);
  expect(readJudgement(draft('No', [{ token: 'No', logprob: Math.log(0.9) }]))).toBeCloseTo(0.1);
});

test('a bare word counts less, a last line is enough, and anything else says nothing', () => {
  expect(readJudgement(draft('**Yes**, it is.'))).toBe(0.85);
  expect(readJudgement(draft('Incorrect.'))).toBeCloseTo(0.15);
  expect(readJudgement(draft('6 * 7 is 42.\nYes'))).toBe(0.85);
  expect(readJudgement(draft('I would rather not say.'))).toBeUndefined();
  expect(readJudgement(draft(''))).toBeUndefined();
});
