import type { ModelEvent } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { joinTexts } from './join-texts.ts';

const text = (words: string): ModelEvent => ({ type: 'text-delta', text: words });

it('makes neighbouring texts one and keeps the order of everything else', () => {
  const call: ModelEvent = { type: 'tool-call', call: { id: '1', name: 'look', arguments: '{}' } };
  const tokens: ModelEvent = { type: 'logprobs', tokens: [{ token: 'c', logprob: -1 }] };
  const thought: ModelEvent = { type: 'reasoning-delta', text: 'hm' };
  expect(joinTexts([thought, thought, text('a'), text('b'), text('c'), tokens, text('d'), call, text('e'), text('f')])).toEqual([thought, thought, text('abc'), tokens, text('d'), call, text('ef')]);
  expect(joinTexts([])).toEqual([]);
});
