import assert from 'node:assert/strict';
import type { FinishReasonKind } from '@cascadeflow/contract';
import { askWhole, hear, type OpenModel, question, toolQuestion } from './model-subject.ts';
import type { ConformanceCheck } from './suite.ts';

const mixed = 'Grüße, 你好 👩‍👩‍👧 – "quotes", back\\slash\nand a new line. ';

function finishes(promise: string, reason: FinishReasonKind): ConformanceCheck<OpenModel> {
  return {
    promise,
    async run(open) {
      const { end } = await askWhole(open, { text: 'Par', finishReason: reason });
      assert.equal(end.finishReason.unified, reason);
    },
  };
}

/** What a model's stream looks like when nothing goes wrong. */
export const modelAnswerChecks = {
  identity: {
    promise: 'says its contract, provider, id and capabilities',
    async run(open) {
      const { model, close } = await open([]);
      await close?.();
      assert.equal(model.contract, 'v1');
      assert.ok(typeof model.provider === 'string' && model.provider !== '', 'provider must be a name');
      assert.ok(typeof model.id === 'string' && model.id !== '', 'id must be a name');
      assert.equal(typeof model.capabilities, 'object');
    },
  },
  text: {
    promise: 'yields the text as it was, and one end event after it',
    async run(open) {
      const { text, end } = await askWhole(open, { text: mixed });
      assert.equal(text, mixed);
      assert.equal(end.finishReason.unified, 'stop');
    },
  },
  pieces: {
    promise: 'does not wait for the whole answer before its first delta',
    async run(open) {
      const { events } = await askWhole(open, { text: 'one two three four', timing: { firstChunkMs: 5, chunkMs: 15 } });
      assert.ok(events.filter((event) => event.type === 'text-delta').length >= 2, 'an answer that comes in pieces is handed on in pieces');
    },
  },
  bytes: {
    promise: 'puts characters together whose bytes come apart',
    async run(open) {
      for (const split of [1, 7]) assert.equal((await askWhole(open, { text: mixed, split })).text, mixed);
    },
  },
  empty: {
    promise: 'an empty answer is one end event',
    async run(open) {
      const { text, end } = await askWhole(open, { text: '' });
      assert.equal(text, '');
      assert.equal(end.finishReason.unified, 'stop');
    },
  },
  usage: {
    promise: 'reports tokens in kinds that do not overlap',
    async run(open) {
      const { end } = await askWhole(open, { text: 'Paris.', usage: { input: 21, output: 8 } });
      assert.equal(end.usage?.input, 21);
      assert.equal(end.usage?.output, 8);
    },
  },
  'usage-cached': {
    promise: 'takes cached tokens out of the input',
    async run(open) {
      const { end } = await askWhole(open, { text: 'Paris.', usage: { input: 21, cachedInput: 100, output: 8 } });
      assert.deepEqual([end.usage?.input, end.usage?.cachedInput], [21, 100]);
    },
  },
  'usage-reasoning': {
    promise: 'takes reasoning tokens out of the output',
    async run(open) {
      const { end } = await askWhole(open, { text: 'Paris.', usage: { input: 21, output: 8, reasoning: 64 } });
      assert.deepEqual([end.usage?.output, end.usage?.reasoning], [8, 64]);
    },
  },
  'usage-unknown': {
    promise: 'tokens the vendor did not report are absent, not 0',
    async run(open) {
      const { end } = await askWhole(open, { text: 'Paris.', usage: 'unknown' });
      assert.equal(end.usage?.input, undefined);
      assert.equal(end.usage?.output, undefined);
    },
  },
  'finish-length': finishes('an answer that hit its limit says so', 'length'),
  'finish-filter': finishes('an answer that was filtered says so', 'content-filter'),
  tools: {
    promise: 'hands on tool calls whole, with their arguments as written',
    async run(open) {
      const written = '{"city": "Saint-Étienne", "days": 3}';
      const toolCalls = [
        { id: 'call_a', name: 'weather', arguments: written },
        { id: 'call_b', name: 'weather', arguments: '{}' },
      ];
      const { events, end } = await askWhole(open, { toolCalls }, toolQuestion);
      const calls = events.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
      assert.deepEqual(calls.map((call) => call.name), ['weather', 'weather']);
      assert.deepEqual(calls.map((call) => JSON.parse(call.arguments || '{}') as unknown), [JSON.parse(written), {}]);
      assert.equal(new Set(calls.map((call) => call.id)).size, 2, 'each call has an id of its own');
      assert.equal(end.finishReason.unified, 'tool-calls');
      for (const [index, event] of events.entries()) {
        if (event.type !== 'tool-call-start') continue;
        const later = events.slice(index).some((other) => other.type === 'tool-call' && other.call.id === event.id);
        assert.ok(later, `the call ${event.id} began and was never handed on`);
      }
    },
  },
  reasoning: {
    promise: 'keeps visible thinking apart from the answer',
    async run(open) {
      const { events, text } = await askWhole(open, { reasoning: 'France. Paris.', text: 'Paris.' });
      assert.equal(text, 'Paris.');
      const thought = events.flatMap((event) => (event.type === 'reasoning-delta' ? [event.text] : [])).join('');
      assert.equal(thought, 'France. Paris.');
    },
  },
  logprobs: {
    promise: 'hands on log probabilities with their alternatives, in order',
    async run(open) {
      const logprobs = [
        { token: 'Par', logprob: -0.25, top: [{ token: 'Par', logprob: -0.25 }, { token: 'Ly', logprob: -1.5 }] },
        { token: 'is', logprob: -0.125, top: [{ token: 'is', logprob: -0.125 }, { token: 'ma', logprob: -2.5 }] },
      ];
      const { events } = await askWhole(open, { text: 'Paris', chunks: ['Par', 'is'], logprobs }, { ...question, topLogprobs: 2 });
      const tokens = events.flatMap((event) => (event.type === 'logprobs' ? event.tokens : []));
      assert.deepEqual(tokens.map(({ token, logprob }) => ({ token, logprob })), logprobs.map(({ token, logprob }) => ({ token, logprob })));
      assert.equal(tokens[0]?.top?.find((other) => other.token === 'Ly')?.logprob, -1.5);
    },
  },
  'served-model': {
    promise: 'says under which name and id the vendor answered',
    async run(open) {
      const { end } = await askWhole(open, { text: 'Paris.', servedModel: 'm-2026-11-01', responseId: 'resp-77' });
      assert.equal(end.servedModel, 'm-2026-11-01');
      assert.equal(end.responseId, 'resp-77');
    },
  },
  concurrent: {
    promise: 'keeps streams apart that run at once',
    async run(open) {
      const texts = ['alpha beta gamma delta', 'one two three four', 'un deux trois quatre'];
      const { model, close } = await open(texts.map((text) => ({ text, timing: { firstChunkMs: 1, chunkMs: 3 } })));
      const heard = await Promise.all(texts.map(() => hear(model.stream(question))));
      await close?.();
      assert.deepEqual(heard.map(({ text }) => text).sort(), [...texts].sort());
    },
  },
  generate: {
    promise: 'the answer in one piece, where there is one, is the stream\'s',
    async run(open) {
      const reply = { text: mixed, usage: { input: 3, output: 4 }, toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }] };
      const { model, close } = await open([reply, reply]);
      const streamed = await hear(model.stream(toolQuestion));
      const events = await model.generate?.(toolQuestion);
      await close?.();
      if (events === undefined) return;
      let text = '';
      for (const event of events) if (event.type === 'text-delta') text += event.text;
      assert.equal(text, streamed.text);
      assert.equal(events.at(-1)?.type, 'end');
      const end = events.find((event) => event.type === 'end');
      assert.deepEqual([end?.finishReason, end?.usage], [streamed.end?.finishReason, streamed.end?.usage]);
      const calls = (list: typeof events): unknown => list.flatMap((event) => (event.type === 'tool-call' ? [event.call] : []));
      assert.deepEqual(calls(events), calls(streamed.events));
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenModel> };
