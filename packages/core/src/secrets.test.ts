import { inspect } from 'node:util';
import type { CascadeEvent, Trace } from '@cascadeflow/contract';
import { openai } from '@cascadeflow/providers-openai';
import { seededRandom, startStub, type StubFault } from '@cascadeflow/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainRouter, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';

const runs = 150;

let stub: Awaited<ReturnType<typeof startStub>>;
beforeAll(async () => void (stub = await startStub({ record: false })));
afterAll(() => stub.close());

/** Everything of an event but what holds prompts and answers by design: texts, tool calls, conversations, and what the caller named. */
function withoutContent(event: CascadeEvent): unknown {
  const content = new Set(['content', 'text', 'call', 'toolCalls', 'messages', 'object', 'draftContent']);
  return JSON.parse(JSON.stringify(event, (key, value: unknown) => (content.has(key) ? undefined : value)));
}

it(`keys in options, headers, URLs and prompts are in no error, event, trace or warning, whatever fails (${runs} runs)`, async () => {
  const random = seededRandom(17);
  const seen: string[] = [];
  const kinds = new Set<string>();
  let failed = 0;
  for (let run = 0; run < runs; run++) {
    const secret = (place: string) => `${random.pick(['sk-', 'AKIA', 'ghp_', 'key '])}${place}${random.integer(1e8, 9e8)}${random.pick(['', '/+=', '"\\', '%20é'])}`;
    const planted = { key: `sk-key${random.integer(1e8, 9e8)}`, header: `header${random.integer(1e8, 9e8)}`, url: `url${random.integer(1e8, 9e8)}`, prompt: secret('prompt') };
    const hasUrl = random.chance(0.2);
    const echo = [planted.key, planted.header, planted.prompt, ...(hasUrl ? [planted.url] : [])].join(' ');
    const faults: readonly (StubFault | undefined)[] = [
      undefined,
      { type: 'status', status: random.pick([400, 401, 403, 404, 429, 500, 503]), message: `you sent ${echo}`, code: planted.key },
      { type: 'status', status: 400, body: `<html>${echo}</html>` },
      { type: 'error-event', afterChunks: random.integer(0, 2), message: `you sent ${echo}` },
      { type: 'malformed', afterChunks: random.integer(0, 2) },
      { type: 'reset', afterChunks: random.integer(0, 2) },
      { type: 'cut' },
    ];
    const fault = random.pick(faults);
    stub.setAnswer(() => ({ text: `bad ${echo}`, ...(fault && { fault }) }));
    const port = random.chance(0.1) ? '1' : new URL(stub.url).port;
    const events: CascadeEvent[] = [];
    const traces: Trace[] = [];
    const provider = openai({ id: 'p', apiKey: planted.key, baseURL: `http://127.0.0.1:${port}/v1${hasUrl ? `?token=${planted.url}` : ''}`, headers: { 'x-secret': planted.header } });
    const agent = new CascadeAgent({
      judge: wordJudge, router: plainRouter, retries: 0, resilience: false,
      models: [{ name: 'small', provider: 'p', cost: 1 }, { name: 'large', provider: 'p', cost: 2 }],
      providers: [provider],
      onEvent: (event) => events.push(event),
      trace: { write: (trace) => traces.push(trace) },
      budgets: { rules: [{ per: 'agent', limit: random.chance(0.1) ? 1e-9 : 1000 }] },
    });
    const ended = await agent.run(`${planted.prompt} please`, { extra: { note: planted.prompt } }).catch((error: unknown) => error);
    if (ended instanceof Error) {
      failed++;
      seen.push(inspect(ended, { depth: 12 }), JSON.stringify(ended), ended.stack ?? '');
    }
    await new Promise((resolve) => setImmediate(resolve));
    for (const event of events) if (event.type === 'attempt-fail') kinds.add(event.error.kind ?? event.error.code);
    seen.push(...events.map((event) => JSON.stringify(withoutContent(event))), ...traces.map((trace) => JSON.stringify(trace)));
    for (const [place, value] of Object.entries(planted)) {
      for (const form of [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)]) {
        const leak = seen.find((text) => text.includes(form));
        expect(leak, `run ${run}, fault ${JSON.stringify(fault?.type)}: the ${place} leaks`).toBeUndefined();
      }
    }
    seen.length = 0;
  }
  expect(failed).toBeGreaterThan(runs / 2);
  expect([...kinds]).toEqual(expect.arrayContaining(['auth', 'bad-request', 'rate-limit', 'server', 'malformed', 'network', 'cut', 'not-found']));
}, 120_000);

it('wrong options are told without being repeated', () => {
  const secret = 'sk-live-0123456789abcdefghijklmnopqrstuvwxyz';
  for (const options of [{ models: [{ name: secret, provider: 'nobody' }] }, { models: secret }, { models: [{ name: 'm', cost: 1 }], providers: [secret] }, { models: [{ name: 'm', provider: secret, cost: secret }] }]) {
    let error: unknown;
    try {
      // @ts-expect-error options of the wrong shape, as plain JavaScript may hand them in
      void new CascadeAgent(options);
    } catch (caught) {
      error = caught;
    }
    expect(inspect(error, { depth: 12 })).toContain('InvalidOptionsError');
    expect(inspect(error, { depth: 12 })).not.toContain(secret);
  }
});
