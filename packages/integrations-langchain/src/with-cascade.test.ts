import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { discoverCascadePairs } from './pairs.ts';
import { withCascade } from './with-cascade.ts';

const openai = (model: string) => new ChatOpenAI({ model, apiKey: 'test-key' });
const fake = () => new FakeListChatModel({ responses: [] });

describe('withCascade refuses', () => {
  it.each([
    ['a drafter that is the verifier', () => { const one = openai('a'); return withCascade({ drafter: one, verifier: one }); }, /verifier: is the same model as drafter \(a\)/u],
    ['two models of one name', () => withCascade({ drafter: openai('a'), verifier: openai('a') }), /verifier: is the same model as drafter/u],
    ['a missing verifier', () => withCascade({ drafter: openai('a') }), /verifier: give both/u],
    ['a single model', () => withCascade({ models: [openai('a')] }), /models: a cascade needs at least two models/u],
    ['something else than a chat model', () => withCascade({ drafter: openai('a'), verifier: 'gpt-4o' as never }), /verifier: expected a LangChain chat model, got String/u],
    ['a bound model', () => withCascade({ drafter: openai('a'), verifier: fake().withConfig({}) as never }), /verifier: expected a LangChain chat model, got RunnableBinding/u],
    ['an unknown option', () => withCascade({ drafter: openai('a'), verifier: openai('b'), treshold: 1 } as never), /treshold/u],
    ['text that could be taken back', () => withCascade({ drafter: openai('a'), verifier: openai('b'), release: 'optimistic' }), /release: a LangChain stream cannot take text back/u],
    ['an unknown method', () => withCascade({ drafter: openai('a'), verifier: openai('b') }).withStructuredOutput({ type: 'object' }, { method: 'magic' as never }), /method: must be one of/u],
    ['a schema that is none', () => withCascade({ drafter: openai('a'), verifier: openai('b') }).withStructuredOutput('person' as never), /schema: expected/u],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringMatching(message) }));
  });
});

describe('withCascade', () => {
  it('orders a plain list by price', () => {
    const cascade = withCascade({ models: [openai('dear'), openai('cheap')], priceOf: ({ name }) => (name === 'dear' ? 0.01 : 0.001) });
    expect(cascade.members.map((member) => member.config.name)).toEqual(['cheap', 'dear']);
    expect(cascade.getLsParams({} as never)).toMatchObject({ ls_provider: 'cascadeflow', ls_model_name: 'cheap > dear' });
  });

  it('installs nothing but core', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['@cascadeflow/contract', '@cascadeflow/core']);
  });

  it('says of itself what all of its models can do', () => {
    const { profile } = withCascade({ drafter: openai('gpt-4o-mini'), verifier: openai('gpt-4o') });
    expect(profile).toMatchObject({ toolCalling: true, structuredOutput: true });
    expect(withCascade({ drafter: fake(), verifier: openai('gpt-4o') }).profile.toolCalling).toBeUndefined();
  });
});

describe('discoverCascadePairs', () => {
  it('puts the largest expected saving first', () => {
    const pairs = discoverCascadePairs([
      { chatModel: openai('nano'), cost: 0.0001, quality: 0.5 },
      { chatModel: openai('mini'), cost: 0.0005, quality: 0.8 },
      { chatModel: openai('big'), cost: 0.01, quality: 0.9 },
    ]);
    expect(pairs.map((pair) => [pair.drafter, pair.verifier])).toEqual([['mini', 'big'], ['nano', 'big'], ['nano', 'mini']]);
    expect(pairs[0]?.expectedSavings).toBeCloseTo(0.8 / 0.9 - 0.05, 12);
    expect(pairs[0]?.warnings).toEqual([]);
    const [pair] = pairs;
    expect(withCascade({ ...pair!.members }).members).toHaveLength(2);
  });

  it('warns of what makes a pair doubtful', () => {
    const [pair] = discoverCascadePairs([{ chatModel: openai('a'), cost: 0.001 }, { chatModel: openai('b'), cost: 0.0012 }]);
    expect(pair).toMatchObject({ drafter: 'a', verifier: 'b' });
    expect(pair?.expectedSavings).toBeLessThan(0);
    expect(pair?.warnings).toEqual([expect.stringMatching(/only 1\.2 times/u), expect.stringMatching(/cost more than b alone/u), expect.stringMatching(/is a guess/u)]);
    const unknown = discoverCascadePairs([openai('a'), { chatModel: fake(), name: 'f' }]);
    expect(unknown[0]?.warnings.join()).toMatch(/price of a is unknown/u);
    expect(() => discoverCascadePairs([openai('a')])).toThrow(/at least two/u);
  });
});
