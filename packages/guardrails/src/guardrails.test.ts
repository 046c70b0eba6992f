import type { Router } from '@cascadeflow/contract';
import { type AgentOptions, CascadeAgent } from '@cascadeflow/core';
import { scriptedModel, type ScriptStep, seededRandom } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { blockPrivate, findPrivate, guardModel, keepLocal, redactPrivate } from './index.ts';

const router: Router = ({ models }) => ({
  complexity: { label: 'simple', confidence: 1 },
  domain: { label: 'general', confidence: 1 },
  plan: { tiers: models.map((model) => model.tier), start: models.length > 1 ? 'draft' : 'direct', secondOpinion: 'off', excluded: [] },
  reasons: ['test'],
});
const accept = () => ({ accept: true, probability: 0.9, threshold: 0.5, signals: [], reason: 'yes' });

function agentOf(scripts: { readonly [name: string]: readonly (ScriptStep | string)[] }, options: Partial<AgentOptions>) {
  const models = Object.entries(scripts).map(([id, script]) => scriptedModel(script, { id }));
  const agent = new CascadeAgent({ judge: accept, resilience: false, retries: 0, ...options, models: models.map((model, tier) => ({ name: model.id, model, cost: tier + 1, ...(model.id === 'local' && { fallbacks: ['remote'] }) })) });
  return { agent, models, done: () => models.forEach((model) => model.done()) };
}

describe('what is private is found by its form and its check digits', () => {
  // Account numbers and cards are the published examples of their standards and of payment processors.
  it.each([
    ['write to Ann.Smith+x@mail.example.co.uk today', 'write to [email] today'],
    ['IBAN GB82 WEST 1234 5698 7654 32, please', 'IBAN [iban], please'],
    ['DE89370400440532013000', '[iban]'],
    ['card 4111 1111 1111 1111 or 5500-0000-0000-0004', 'card [card] or [card]'],
    ['call +44 20 7946 0958 or (202) 555-0143', 'call [phone] or [phone]'],
    ['use sk-proj-abcdefghijklmnop1234 and AKIAIOSFODNN7EXAMPLE', 'use [secret] and [secret]'],
    [`ghp_${'a1'.repeat(18)}`, '[secret]'],
  ])('%s', (text, clean) => expect(redactPrivate(text)).toBe(clean));

  it.each(['4111 1111 1111 1112', 'GB83 WEST 1234 5698 7654 32', '3.14159265358979', 'order 2026-11-22 1234567', 'a@b', 'sk-learn is a library', '0000 0000 0000 0000', 'version 10.12.14.16'])('%s is not', (text) => expect(findPrivate(text)).toEqual([]));

  it('in linear time, whatever the text', () => {
    const random = seededRandom(3);
    const shapes = ['a', '1', '1 ', '@', 'a.', '-', '+1', 'A1', '-----BEGIN ', 'eyJ', 'sk-', '(1'];
    for (const shape of shapes) {
      const text = shape.repeat(200_000 / shape.length) + random.next();
      const startedAt = performance.now();
      findPrivate(text);
      expect(performance.now() - startedAt, shape).toBeLessThan(3000);
    }
  });

  it('also where it lies across the pieces of a long text', () => {
    for (const at of [89_990, 99_995, 100_000, 179_995]) expect(findPrivate(`${'word '.repeat(at / 5)}ann@example.org${' word'.repeat(5000)}`)).toMatchObject([{ kind: 'email', start: Math.floor(at / 5) * 5 }]);
  });
});

describe('guardModel', () => {
  it('sends nothing private, nor shows it', async () => {
    const model = scriptedModel([{ text: 'Ann is ann@example.org, call her', chunks: ['Ann is ann@ex', 'ample.org, call', ' her'] }]);
    const agent = new CascadeAgent({ models: [{ name: 'm', model: guardModel(model, { answers: 'redact' }), cost: 1 }] });
    let text = '';
    for await (const piece of agent.runStreaming([{ role: 'user', content: [{ type: 'text', text: 'who is bob@example.org' }] }])) text += piece;
    expect(text).toBe('Ann is [email], call her');
    expect(JSON.stringify(model.calls[0]?.request.messages)).toContain('who is [email]');
  });

  it.each([
    ['text', { text: 'Ann is ann@example.org' }],
    ['the arguments of a tool call', { toolCalls: [{ name: 'mail', arguments: '{"to":"ann@example.org"}' }] }],
  ] as const)('blocks an answer with something private in %s, and another model is asked', async (_where, step) => {
    const drafter = scriptedModel([step], { id: 'a' });
    const verifier = scriptedModel(['Ann is away'], { id: 'b' });
    const agent = new CascadeAgent({ models: [{ name: 'a', model: guardModel(drafter, { answers: 'block' }), cost: 1 }, { name: 'b', model: verifier, cost: 2 }], router, resilience: false });
    const tools = [{ name: 'mail', parameters: { type: 'object' } }];
    expect(await agent.run('where is Ann', { tools })).toMatchObject({ content: 'Ann is away', draftContent: '', escalations: 1 });
  });

  it('refuses choices that do not exist', () => {
    expect(() => guardModel(scriptedModel([]), { answers: 'hide' as 'block' })).toThrow('answers');
  });
});

it('blockPrivate refuses before any model is called, and says the kind but not the thing', async () => {
  const { agent, done } = agentOf({ local: [], remote: [] }, { router: blockPrivate(router) });
  const error: unknown = await agent.run('my mail is ann@example.org').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'content-blocked', message: expect.stringContaining('email') });
  expect(String(error)).not.toContain('ann@');
  done();
});

describe('keepLocal', () => {
  it('asks local models alone about private things, and any about the rest', async () => {
    const { agent, done } = agentOf({ remote: ['from afar'], local: ['from here'] }, { router: keepLocal(router, { models: ['local'] }) });
    expect(await agent.run('my mail is ann@example.org')).toMatchObject({ content: 'from here', plan: { excluded: [{ model: 'remote' }] } });
    expect(await agent.run('hello')).toMatchObject({ content: 'from afar' });
    done();
  });

  it('turns to no remote model when the local one fails, not even to its stand-in', async () => {
    const { agent, done } = agentOf({ local: [{ fault: { type: 'throw', kind: 'server' } }], remote: [] }, { router: keepLocal(router, { models: ['local'] }) });
    await expect(agent.run('my mail is ann@example.org')).rejects.toMatchObject({ code: 'all-models-failed' });
    done();
  });

  it('blocks where nothing is local', async () => {
    const { agent, done } = agentOf({ remote: [] }, { router: keepLocal(router, { models: ['local'] }) });
    await expect(agent.run('my mail is ann@example.org')).rejects.toMatchObject({ code: 'content-blocked' });
    done();
  });
});
