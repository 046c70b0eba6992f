import type { ModelInfo } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import { expect, it } from 'vitest';
import answers from './own/answers.json' with { type: 'json' };
import codeAnswers from './own/code-answers.json' with { type: 'json' };
import furtherAnswers from './own/further-answers.json' with { type: 'json' };
import moreAnswers from './own/more-answers.json' with { type: 'json' };
import nonAnswers from './own/non-answers.json' with { type: 'json' };

const drafter: ModelInfo = { name: 'gpt-4o-mini', provider: 'openai', tier: 0, price: { input: 0.15, output: 0.6 }, capabilities: {} };
const verifier: ModelInfo = { name: 'gpt-4o', provider: 'openai', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };
const judge = createJudge();

async function shareAccepted(rows: readonly (readonly string[])[]): Promise<number> {
  let accepted = 0;
  for (const [prompt = '', content = ''] of rows) {
    const verdict = await judge({
      request: { messages: [{ role: 'user', content: prompt }] },
      draft: { provider: 'openai', model: drafter.name, tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true },
      model: drafter,
      target: 'balanced',
      escalation: { model: verifier },
    });
    if (verdict.accept) accepted++;
  }
  return accepted / rows.length;
}

// Trees and `non-answer` were fitted on them, but no rule was: what they hold down are rules that are too strict, in twenty languages.
it('takes nearly all of our own good answers', async () => {
  expect(await shareAccepted([...answers, ...furtherAnswers])).toBeGreaterThan(0.93);
  expect(await shareAccepted([...moreAnswers, ...codeAnswers])).toBeGreaterThan(0.93);
});

it('takes few of the refusals and drafts of talk that were written to be heard', async () => {
  expect(await shareAccepted(nonAnswers)).toBeLessThan(0.15);
});
