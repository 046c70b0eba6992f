import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StubReply } from '../stub/reply.ts';
import { hear, type OpenedModel, type OpenModel, question } from './model-subject.ts';
import { type ConformanceCheck, within } from './suite.ts';

/** Milliseconds a model may take to stop; generous, because test machines are busy. */
const stopMs = 250;

/** Milliseconds that a request may take to reach the provider. */
const arrivalMs = 10_000;

/** Milliseconds of silence before the abort. */
const silenceMs = 50;

const slow: StubReply = { text: 'one two three four five six', timing: { firstChunkMs: 5, chunkMs: 400 } };

async function abortsAt(open: OpenModel, reply: StubReply, when: 'first-text' | 'soon'): Promise<void> {
  const { model, upstream, close } = await open([reply]);
  try {
    const abort = new AbortController();
    const heard = hear(model.stream(question, { signal: abort.signal }), () => when === 'first-text' && abort.abort());
    if (when === 'soon') void abortInSilence(abort, upstream);
    const aborted = new Promise<void>((resolve) => abort.signal.addEventListener('abort', () => resolve()));
    await Promise.race([aborted, heard]);
    assert.ok(abort.signal.aborted, 'the answer was over before it could be aborted');
    const { end } = await within(stopMs, heard, 'stopping after the abort');
    assert.equal(end, undefined, 'an aborted answer has no end event');
    if (upstream !== undefined) await within(stopMs, upstream.left(), 'closing the connection after the abort');
  } finally {
    await close?.();
  }
}

/** Aborts once the provider has the request and says nothing: a busy machine may take a while to send it. */
async function abortInSilence(abort: AbortController, upstream: OpenedModel['upstream']): Promise<void> {
  for (let waitedMs = 0; upstream?.calls === 0 && waitedMs < arrivalMs; waitedMs += silenceMs) await sleep(silenceMs);
  await sleep(silenceMs);
  abort.abort();
}

/** How a model stops when it is told to. */
export const modelAbortChecks = {
  'abort-before': {
    promise: 'makes no call when the signal has already fired',
    async run(open) {
      const { model, upstream, close } = await open([{ text: 'Paris.' }]);
      try {
        const { events, end } = await within(stopMs, hear(model.stream(question, { signal: AbortSignal.abort() })), 'stopping');
        assert.equal(end, undefined, 'an aborted answer has no end event');
        assert.deepEqual(events, []);
        if (upstream !== undefined) assert.equal(upstream.calls, 0);
      } finally {
        await close?.();
      }
    },
  },
  'abort-midway': { promise: 'stops in mid-answer and closes the connection', run: (open) => abortsAt(open, slow, 'first-text') },
  'abort-silent': {
    promise: 'stops while the provider is silent and closes the connection',
    run: (open) => abortsAt(open, { fault: { type: 'hang' } }, 'soon'),
  },
  'leave-early': {
    promise: 'closes the connection when the reader leaves',
    async run(open) {
      const { model, upstream, close } = await open([slow]);
      try {
        for await (const event of model.stream(question)) if (event.type === 'text-delta') break;
        if (upstream !== undefined) await within(stopMs, upstream.left(), 'closing the connection after the reader left');
      } finally {
        await close?.();
      }
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenModel> };
