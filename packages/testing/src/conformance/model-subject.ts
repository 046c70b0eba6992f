import assert from 'node:assert/strict';
import type { EndEvent, Model, ModelEvent, ModelRequest } from '@cascadeflow/contract';
import type { StubDialect } from '../stub/dialect.ts';
import type { StubReply } from '../stub/reply.ts';
import { startStub } from '../stub/server.ts';
import { deepFreeze } from './suite.ts';

/** A model whose upstream is in the suite's hand. */
export interface OpenedModel {
  readonly model: Model;
  /** What the upstream saw; absent where there is none to look at. */
  readonly upstream?: {
    /** Calls received so far. */
    readonly calls: number;
    /** Resolves when the client has closed the last call's connection. */
    left(): Promise<void>;
  };
  close?(): Promise<void>;
}

/** Builds a model whose next calls are answered by these replies, in order. */
export type OpenModel = (replies: readonly StubReply[]) => Promise<OpenedModel>;

/** Opens models over a stub: `build` makes the model for a base URL, ending in `/v1` with OpenAI's dialect. Any key will do. */
export function openOverStub(
  build: (baseURL: string) => Model,
  options: { readonly dialect?: StubDialect; readonly basePath?: string } = {},
): OpenModel {
  return async (replies) => {
    const stub = await startStub(options.dialect === undefined ? {} : { dialects: [options.dialect] });
    stub.enqueue(...replies);
    return {
      model: build(stub.url + (options.basePath ?? '/v1')),
      upstream: {
        get calls() {
          return stub.requests.length;
        },
        async left() {
          const last = stub.requests.at(-1);
          await last?.ended;
          assert.equal(last?.outcome, 'left', 'the client read the whole reply although it had been told to stop');
        },
      },
      close: () => stub.close(),
    };
  };
}

/** The question of every check. Frozen: a model that writes to its request fails. */
export const question: ModelRequest = deepFreeze({
  messages: [
    { role: 'system', content: 'Answer briefly.' },
    { role: 'user', content: 'What is the capital of France? My secret word is xyzzy-9181.' },
  ],
});

/** The same with a tool to call. */
export const toolQuestion: ModelRequest = deepFreeze({
  ...question,
  tools: [{ name: 'weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } } } }],
});

/** What a stream gave, and how it stopped. */
export interface Heard {
  readonly events: readonly ModelEvent[];
  readonly text: string;
  readonly end: EndEvent | undefined;
  readonly error: unknown;
}

/** Reads a stream to its end or failure; `watch` sees each event on the way. */
export async function hear(stream: AsyncIterable<ModelEvent>, watch?: (event: ModelEvent) => void): Promise<Heard> {
  const events: ModelEvent[] = [];
  let error: unknown;
  try {
    for await (const event of stream) {
      events.push(event);
      watch?.(event);
    }
  } catch (thrown) {
    error = thrown ?? new Error('nothing was thrown');
  }
  let text = '';
  for (const event of events) if (event.type === 'text-delta') text += event.text;
  return { events, text, end: events.find((event) => event.type === 'end'), error };
}

/** Asks a model that answers with one reply, and closes everything after. */
export async function askOnce(open: OpenModel, reply: StubReply, request: ModelRequest = question): Promise<Heard & { readonly calls: number | undefined }> {
  const opened = await open([reply]);
  try {
    const heard = await hear(opened.model.stream(request));
    return { ...heard, calls: opened.upstream?.calls };
  } finally {
    await opened.close?.();
  }
}

/** What `askOnce` gave, which must be a whole answer. */
export async function askWhole(open: OpenModel, reply: StubReply, request?: ModelRequest): Promise<Heard & { readonly end: EndEvent }> {
  const heard = await askOnce(open, reply, request);
  if (heard.error !== undefined) throw heard.error;
  assert.equal(heard.events.filter((event) => event.type === 'end').length, 1, 'a whole answer has exactly one end event');
  assert.equal(heard.events.at(-1)?.type, 'end', 'nothing follows the end event');
  return { ...heard, end: heard.end! };
}
