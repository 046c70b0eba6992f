import type { InvalidOptionsError } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { answerOf, chatModel } from './chat-model-doubles.ts';
import { openAgent } from './open-agent.ts';
import { readSettings } from './read-settings.ts';

const question = 'What is the capital of Australia?';
const good = 'Canberra is the capital of Australia.';
let executions = 0;

/** Settings as the node reads them. */
function settings(parameters: { readonly [name: string]: unknown } = {}) {
  return readSettings((name, fallback) => parameters[name] ?? fallback);
}

function open(models: readonly unknown[], parameters?: { readonly [name: string]: unknown }, execution = `execution ${executions++}`) {
  return openAgent(models, settings(parameters), execution);
}

const never = { level: 'probability', minProbability: 1 };
const always = { level: 'probability', minProbability: 0 };

describe('inputs', () => {
  it('names the input that has no chat model', () => {
    const missing = (models: readonly unknown[], parameters?: object) => {
      try {
        open(models, { ...parameters });
      } catch (error) {
        return (error as InvalidOptionsError).path;
      }
      return 'none';
    };
    expect(missing([])).toBe('Drafter');
    expect(missing([chatModel('small')])).toBe('Verifier');
    expect(missing([chatModel('small'), chatModel('large')], { secondDrafter: true })).toBe('Second');
    expect(missing([chatModel('small'), chatModel('large')], { domainRouting: true, domains: ['code'] })).toBe('Code');
    expect(missing([chatModel('small'), { invoke() {} }])).toBe('Verifier');
  });

  it('asks the first, and the second where the draft is not good enough', async () => {
    const [small, large] = [chatModel('small', good), chatModel('large', good)];
    expect(await open([small, large], always).run(question)).toMatchObject({ modelUsed: 'small', draftAccepted: true, content: good });
    expect(large.calls).toHaveLength(0);
    expect(await open([small, large], never).run(question)).toMatchObject({ modelUsed: 'large', draftAccepted: false });
  });

  it('tells two inputs with the same model apart', () => {
    expect(open([chatModel('same'), chatModel('same')]).models.map((model) => model.name)).toEqual(['same', 'same (2)']);
  });

  it('asks the drafter of a domain for its questions', async () => {
    const [small, large, coder] = [chatModel('small', good), chatModel('large', good), chatModel('coder', '```python\nprint(sorted(set(items)))\n```')];
    const agent = open([small, large, coder], { ...always, domainRouting: true, domains: ['code'] });
    expect((await agent.run('Write a Python function that sorts a list and removes duplicates:\n```python\ndef unique(items):\n```')).modelUsed).toBe('coder');
    expect((await agent.run(question)).modelUsed).toBe('small');
  });

  it('asks both drafters where it is told to', async () => {
    const [small, large, second] = [chatModel('small', good), chatModel('large', good), chatModel('other', good)];
    await open([small, large, second], { secondDrafter: true, secondOpinion: 'always' }).run(question);
    expect(second.calls).toHaveLength(1);
  });
});

describe('settings', () => {
  it('knows the prices of known models, and takes those it is given', async () => {
    const known = await open([chatModel('gpt-4o-mini', good), chatModel('gpt-4o', good)], always).run(question);
    expect(known.totalCost).toBeCloseTo((10 * 0.15 + 20 * 0.6) / 1e6, 12);
    const unknown = await open([chatModel('mine', good), chatModel('gpt-4o', good)], always).run(question);
    expect(unknown.totalCost).toBeUndefined();
    const price = [{ model: 'drafter', input: 1, output: 2 }];
    const given = await open([chatModel('mine', good), chatModel('gpt-4o', good)], { ...always, options: { prices: { price } } }).run(question);
    expect(given.totalCost).toBeCloseTo(50 / 1e6, 12);
  });

  it('holds the budget of one execution over all its agents', async () => {
    const parameters = { ...always, options: { budget: 0.0006 } };
    const ask = (execution: string) => open([chatModel('gpt-4o-mini', answerOf(good, { usage_metadata: { input_tokens: 2000, output_tokens: 400, total_tokens: 2400 } })), chatModel('gpt-4o', good)], parameters, execution).run(question, { budgetKey: execution, maxTokens: 50 });
    await ask('first');
    await expect(ask('first')).rejects.toMatchObject({ code: 'budget-exceeded' });
    await expect(ask('second')).resolves.toMatchObject({ modelUsed: 'gpt-4o-mini' });
  });

  it('always asks the verifier where a policy says so', async () => {
    const policies = { policy: [{ domain: 'medical', rule: 'direct' }] };
    const agent = open([chatModel('small', good), chatModel('large', good)], { ...always, policies });
    expect((await agent.run('What dose of ibuprofen may a patient with kidney disease take for acute pain?')).modelUsed).toBe('large');
    expect((await agent.run(question)).modelUsed).toBe('small');
  });

  it('ends an answer that takes longer than the time limit', async () => {
    const slow = chatModel('slow', good);
    slow.invoke = (_messages, config) =>
      new Promise((_answered, failed) => {
        const { signal } = config as { readonly signal: AbortSignal };
        signal.addEventListener('abort', () => failed(signal.reason as Error));
      });
    await expect(open([slow, slow], { options: { deadlineMs: 30 } }).run(question)).rejects.toMatchObject({ code: 'deadline-exceeded' });
  });

  it('starts the verifier beside the draft', async () => {
    const [small, large] = [chatModel('small', good), chatModel('large', good)];
    await open([small, large], { ...always, options: { speculation: 'parallel' } }).run(question);
    expect(large.calls).toHaveLength(1);
  });
});
