import type { KeyValueStore, Message, ModelInfo, Route, RouterInput } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { withSessions } from './with-sessions.ts';

const small: ModelInfo = { name: 'small', provider: 'p', tier: 0, price: { input: 1, output: 1 }, capabilities: {} };
const large: ModelInfo = { name: 'large', provider: 'p', tier: 1, price: { input: 10, output: 10, cachedInput: 0.1 }, capabilities: {} };
const draft: Route = {
  complexity: { label: 'simple', confidence: 0.5 }, domain: { label: 'general', confidence: 0.5 }, reasons: ['small drafts first'],
  plan: { tiers: [0, 1], start: 'draft', secondOpinion: 'auto', excluded: [], acceptChance: 0.7 },
};
const direct: Route = { ...draft, plan: { ...draft.plan, tiers: [1], start: 'direct' } };
const long = 'word '.repeat(4000);

function ask(sessionId: string | undefined, messages: readonly Message[] = [{ role: 'user', content: long }, { role: 'assistant', content: 'ok' }, { role: 'user', content: 'and now?' }]): RouterInput {
  return { request: { messages }, models: [small, large], target: 'balanced', secondOpinion: 'auto', ...(sessionId !== undefined && { sessionId }) };
}

it('stays with the dearer model while its prompt cache is worth more than a draft', async () => {
  const router = withSessions(() => draft);
  await router.recordAnswer('s', 1);
  const route = await router(ask('s'));
  expect(route?.plan).toMatchObject({ tiers: [1], start: 'direct' });
  expect(route?.reasons[0]).toMatch(/^the session stays with large/);
});

it('moves down when drafting is expected to save more', async () => {
  const router = withSessions(() => draft);
  await router.recordAnswer('s', 1);
  expect((await router(ask('s', [{ role: 'user', content: 'hi' }])))?.plan.tiers).toEqual([0, 1]);
});

it('reads who answered from the provenance of the messages', async () => {
  const router = withSessions(() => draft);
  const answered: Message = { role: 'assistant', content: 'ok', provenance: { provider: 'p', model: 'large', tier: 1 } };
  expect((await router(ask('fresh', [{ role: 'user', content: long }, answered, { role: 'user', content: 'and now?' }])))?.plan.tiers).toEqual([1]);
});

it('remembers a direct plan for the next turn', async () => {
  const plans = [direct, draft];
  const router = withSessions(() => plans.shift());
  await router(ask('s'));
  expect((await router(ask('s')))?.plan.tiers).toEqual([1]);
});

it('leaves other sessions and requests without a session alone', async () => {
  const router = withSessions(() => draft);
  await router.recordAnswer('s', 1);
  expect(await router(ask('other'))).toBe(draft);
  expect(await router(ask(undefined))).toBe(draft);
});

it('answers synchronously from its own memory', () => {
  expect(withSessions(() => draft)(ask('s'))).toBe(draft);
});

it('keeps sessions in a shared store, and goes on when the store fails', async () => {
  const kept = new Map<string, unknown>();
  const store: KeyValueStore = {
    get: async (key) => kept.get(key),
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
  await withSessions(() => draft, { store }).recordAnswer('s', 1);
  expect((await withSessions(() => draft, { store })(ask('s')))?.plan.tiers).toEqual([1]);
  kept.set('cascadeflow:session:s', 'nonsense');
  expect((await withSessions(() => draft, { store })(ask('s')))?.plan.tiers).toEqual([0, 1]);
  const broken: KeyValueStore = { ...store, get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')) };
  expect((await withSessions(() => direct, { store: broken })(ask('s')))?.plan.tiers).toEqual([1]);
});
