import type { ModelEvent } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { createThinkSplitter } from './think-splitter.ts';

function split(pieces: readonly string[]): { thought: string; answer: string } {
  const splitter = createThinkSplitter();
  const events: ModelEvent[] = [];
  for (const piece of pieces) splitter.push(piece, events);
  splitter.end(events);
  const join = (type: string) => events.flatMap((event) => (event.type === type && 'text' in event ? [event.text] : [])).join('');
  return { thought: join('reasoning-delta'), answer: join('text-delta') };
}

describe('createThinkSplitter', () => {
  it('tells thinking from answer wherever the text is cut', () => {
    const text = '<think>2 < 3, so </thin yes</think>\n\nYes: <think> is a tag.';
    const expected = { thought: '2 < 3, so </thin yes', answer: 'Yes: <think> is a tag.' };
    for (let at = 0; at <= text.length; at++) expect(split([text.slice(0, at), text.slice(at)])).toEqual(expected);
    expect(split([...text])).toEqual(expected);
  });

  it('leaves answers without thinking alone', () => {
    expect(split(['<thinker> said'])).toEqual({ thought: '', answer: '<thinker> said' });
    expect(split(['<th'])).toEqual({ thought: '', answer: '<th' });
  });

  it('keeps thinking that never ends apart from the answer', () => {
    expect(split(['<think>hm', 'm'])).toEqual({ thought: 'hmm', answer: '' });
  });
});
