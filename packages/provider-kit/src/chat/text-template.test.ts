import type { ModelEvent } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { ChatTranslator } from './chat-translator.ts';
import { plainChat } from './quirks.ts';
import { TextTemplate } from './text-template.ts';

const record = (content: string, more: object = {}) => JSON.stringify({ id: 'c1', model: 'm', choices: [{ index: 0, delta: { content }, logprobs: null, finish_reason: null }], ...more });

describe('TextTemplate', () => {
  it('reads the text of a record like the one it learned, and no other', () => {
    const template = new TextTemplate();
    expect(template.read(record('a'))).toBeUndefined();
    template.learn(record('Hello'), 'Hello');
    expect(['', ' world', '{}[]:,', 'naïve 你好 🙂'].map((text) => template.read(record(text)))).toEqual(['', ' world', '{}[]:,', 'naïve 你好 🙂']);
    for (const text of ['say "hi"', 'back\\slash', 'line\nbreak']) expect(template.read(record(text))).toBeUndefined();
    expect(template.read(record('x', { usage: { prompt_tokens: 1 } }))).toBeUndefined();
    expect(template.read(record('x').replace('"c1"', '"c2"'))).toBeUndefined();
    expect(template.read(record('x').slice(0, 40))).toBeUndefined();
  });

  it('learns nothing where the text could stand in another place, or is written in another way', () => {
    for (const doubtful of [record('Hi', { also: { content: 'Hi' } }), record('Hi').replace('"Hi"', '"\\u0048i"'), record('Hi').replace('"content"', '"text"')]) {
      const template = new TextTemplate();
      template.learn(doubtful, 'Hi');
      expect(template.read(doubtful)).toBeUndefined();
    }
  });

  it('gives up on a server that pads every record anew', () => {
    const template = new TextTemplate();
    for (let count = 0; count < 10; count++) {
      const padded = record('a', { pad: 'x'.repeat(count) });
      expect(template.read(padded)).toBeUndefined();
      template.learn(padded, 'a');
    }
    expect(template.read(record('b', { pad: 'x'.repeat(9) }))).toBeUndefined();
  });
});

it('a stream says the same, whatever its records look like', () => {
  let seed = 7;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const texts = ['a', ' the', '', '"', '\\', '\n', '\t', '}', '"}', '","x":"', 'content', '"content":"', 'é', '你好', '🙂', '\u2028', '</s>', ' '.repeat(50)];
  for (let round = 0; round < 300; round++) {
    const records = Array.from({ length: 12 }, () => {
      const text = Array.from({ length: random(3) }, () => texts[random(texts.length)]).join('');
      const reasoning = random(6) === 0 ? 'hm' : undefined;
      const delta = { ...(random(5) === 0 && { role: 'assistant' }), content: text, ...(reasoning && { reasoning_content: reasoning }) };
      const chunk = JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason: null }], ...(random(4) === 0 && { obfuscation: 'x'.repeat(random(5)) }) });
      // Some servers put a space after each colon.
      return random(4) === 0 ? chunk.replace('"delta":', '"delta" : ') : chunk;
    });
    const events: ModelEvent[] = [];
    const translator = new ChatTranslator({ context: { provider: 'p', secrets: { keys: [], texts: () => [] } }, quirks: plainChat, warnings: [] });
    const told: string[] = [];
    for (const chunk of records) {
      translator.push(chunk, events);
      for (const event of events.splice(0)) told.push(event.type === 'reasoning-delta' ? `(${event.text})` : event.type === 'text-delta' ? event.text : event.type);
    }
    expect(told).toEqual(records.flatMap((chunk) => {
      const { content, reasoning_content: reasoning } = (JSON.parse(chunk) as { choices: { delta: { content: string; reasoning_content?: string } }[] }).choices[0]!.delta;
      return [...(reasoning ? [`(${reasoning})`] : []), ...(content === '' ? [] : [content])];
    }));
  }
});
