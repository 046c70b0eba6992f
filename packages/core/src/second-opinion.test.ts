import type { Judge, Verdict } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { scriptedAgent, wordJudge } from './agent-doubles.ts';

describe('a second opinion', () => {
  it('is another sample of the drafter, and the first that agrees decides', async () => {
    const insistent: Judge = (input) => ({ ...(wordJudge(input) as Verdict), wantsOpinion: (wordJudge(input) as Verdict).probability === 0.5 });
    const { agent, models } = scriptedAgent([['doubtful 42', 'doubtful 41', 'doubtful 42', 'never asked'], []], { judge: insistent, secondOpinion: { when: 'auto', samples: 3 } });
    const result = await agent.run('question');
    expect(result.attempts.map((attempt) => attempt.role)).toEqual(['draft', 'opinion', 'opinion']);
    expect(result).toMatchObject({ content: 'doubtful 42', draftAccepted: true });
    expect(models[0]?.calls[1]?.request.temperature).toBe(0.7);
    expect(models[0]?.remaining).toBe(1);
  });

  it('counts towards the bill even when it could not help', async () => {
    const { agent, done } = scriptedAgent([['doubtful 42', { fault: { type: 'throw', kind: 'server' } }], ['the verifier speaks']], { secondOpinion: { when: 'auto', samples: 1 } });
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({ modelUsed: 'm1', degraded: false });
    expect(result.attempts.map((attempt) => [attempt.role, attempt.status])).toEqual([['draft', 'ok'], ['opinion', 'failed'], ['verifier', 'ok']]);
  });

  it('is heard before any draft is taken when it is always asked for', async () => {
    const { agent, done } = scriptedAgent([['good 42'], ['good 43'], []], { secondOpinion: 'always' });
    const result = await agent.run('question');
    done();
    expect(result.attempts.map((attempt) => attempt.role)).toEqual(['draft', 'opinion']);
    expect(result).toMatchObject({ content: 'good 42', draftAccepted: true });
  });

  it('that is wrong in its options is refused at the door', () => {
    expect(() => scriptedAgent([['x']], { secondOpinion: { when: 'auto', judgeModel: 'nobody' } })).toThrow('secondOpinion.judgeModel: no model of that name; configured are m0');
  });
});
