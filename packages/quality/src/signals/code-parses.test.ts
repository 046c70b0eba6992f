import type { Draft, JudgeInput } from '@cascadeflow/contract';
import { parse } from 'acorn';
import { describe, expect, it } from 'vitest';
import { createJudge } from '../judge/create-judge.ts';
import { codeParses } from './code-parses.ts';

const js = (code: string) => parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
const fenced = (code: string, language = 'js') => `Here it is:\n\n\`\`\`${language}\n${code}\n\`\`\``;
const ask = (prompt: string, content: string): JudgeInput => {
  const draft: Draft = { provider: 'p', model: 'small', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
  return { request: { messages: [{ role: 'user', content: prompt }] }, draft, target: 'balanced' };
};
const prompt = 'Write a JavaScript function that adds two numbers.';
// Brackets and quotes are in order, so only a parser can tell.
const broken = fenced('function add(a b) { retrun a + b; }');

describe('code parsed by a parser of the caller', () => {
  const judge = createJudge({ signals: [codeParses({ js })] });

  it('vetoes code that does not parse, and says why', async () => {
    expect(await judge(ask(prompt, broken))).toMatchObject({ accept: false, probability: 0, veto: expect.stringMatching(/js code of the draft does not parse: Unexpected token/) });
    expect((await createJudge()(ask(prompt, broken))).veto).toBeUndefined();
  });

  it('lets code through that does, and text without code', async () => {
    const sound = await judge(ask(prompt, fenced('function add(a, b) { return a + b; }', 'JS')));
    expect(sound.veto).toBeUndefined();
    expect(sound.signals.find((signal) => signal.name === 'code-parses')?.value).toBe(1);
    expect((await judge(ask(prompt, 'Use the plus sign.'))).signals.map((signal) => signal.name)).not.toContain('code-parses');
  });

  it('only counts where no code was asked for, where another block parses, and where the language has no parser', async () => {
    expect((await judge(ask('Why does this fail?', broken))).veto).toBeUndefined();
    expect((await judge(ask(prompt, `${broken}\n\n${fenced('const one = 1;')}`))).signals.find((signal) => signal.name === 'code-parses')?.value).toBe(0.5);
    expect((await judge(ask(prompt, fenced('def add(a b): pass', 'python')))).signals.map((signal) => signal.name)).not.toContain('code-parses');
  });

  it('refuses a parser that is none', () => {
    expect(() => codeParses({ js: 'acorn' as never })).toThrow(/parsers\.js: give a function/);
  });
});
