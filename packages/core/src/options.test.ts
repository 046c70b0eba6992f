import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import { scriptedModel } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';
import type { AgentOptions, RunOptions } from './options.ts';

const model = scriptedModel([]);
const provider: Provider = { id: 'p', model: () => model };

describe('an agent refuses', () => {
  const wrong: readonly [string, unknown, string][] = [
    ['no models', { models: [] }, 'models: give at least one model'],
    ['a provider nobody has', { models: [{ name: 'a', provider: 'nope' }], providers: [provider] }, 'models[0].provider: no provider with the id "nope"; known are p'],
    ['two models with one name', { models: [{ name: 'a', model }, { name: 'a', model }] }, 'models[1].name: two models are named "a"; names must differ'],
    ['a negative cost', { models: [{ name: 'a', model, cost: -1 }] }, 'models[0].cost: must be at least 0, got -1'],
    ['a step without its start', { models: [{ name: 'a', model, cost: { input: 1, output: 2, longPrompt: { input: 2, output: 4 } } }] }, 'models[0].cost.longPrompt.above: missing; prompt tokens beyond which these rates hold'],
    ['a step with a wrong rate', { models: [{ name: 'a', model, cost: { input: 1, output: 2, longPrompt: { above: 10, input: -1, output: 4 } } }] }, 'models[0].cost.longPrompt.input: must be at least 0, got -1'],
    ['a price without output', { models: [{ name: 'a', model, cost: { input: 1 } }] }, 'models[0].cost.output: missing; USD per 1M tokens'],
    ['a key it does not know', { models: [{ name: 'a', model }], qualty: 'strict' }, 'qualty: unknown option; did you mean quality?'],
    ['a model key it does not know', { models: [{ name: 'a', model, max_tokens: 5 }] }, 'models[0].max_tokens: unknown option; did you mean maxTokens?'],
    ['a level that does not exist', { models: [{ name: 'a', model }], quality: 'best' }, 'quality: must be one of economy, balanced, strict; got "best"'],
    ['a probability above one', { models: [{ name: 'a', model }], quality: { minProbability: 2 } }, 'quality.minProbability: must be at most 1, got 2'],
    ['a stand-in that is not configured', { models: [{ name: 'a', model, fallbacks: ['b'] }] }, 'models[0].fallbacks: no model named "b"; configured are a'],
    ['neither provider nor model', { models: [{ name: 'a' }] }, 'models[0].provider: give the id of a provider'],
  ];
  it.each(wrong)('%s', (_, options, message) => {
    expect(() => new CascadeAgent(options as AgentOptions)).toThrow(InvalidOptionsError);
    expect(() => new CascadeAgent(options as AgentOptions)).toThrow(message);
  });
});

describe('a run refuses, before any call is made,', () => {
  const wrong: readonly [string, unknown, unknown, string][] = [
    ['an empty prompt', '  ', {}, 'prompt: must not be empty'],
    ['no messages', [], {}, 'messages: must not be empty'],
    ['an unknown role', [{ role: 'developer', content: 'x' }], {}, 'messages[0].role: must be one of system, user, assistant, tool; got "developer"'],
    ['an empty user message', [{ role: 'user', content: '' }], {}, 'messages[0].content: must not be empty'],
    ['only system messages', [{ role: 'system', content: 'x' }], {}, 'messages: there are only system messages'],
    ['an unknown option', 'x', { max_tokens: 3 }, 'max_tokens: unknown option; did you mean maxTokens?'],
    ['too hot', 'x', { temperature: 3 }, 'temperature: must be at most 2, got 3'],
    ['a model nobody has', 'x', { forceModel: 'zz' }, 'forceModel: no model named "zz"; configured are m0'],
    ['a deadline in the past', 'x', { deadlineMs: 0 }, 'deadlineMs: must be above 0, got 0'],
  ];
  it.each(wrong)('%s', async (_, input, options, message) => {
    const { agent, done } = scriptedAgent([[]]);
    await expect(agent.run(input as string, options as RunOptions)).rejects.toThrow(message);
    await expect(agent.streamEvents(input as string, options as RunOptions).next()).rejects.toThrow(message);
    done();
  });
});
