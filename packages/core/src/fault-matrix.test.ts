import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import { openai } from '@cascadeflow/providers-openai';
import { refusedUrl, startStub, type Stub, type StubFault, type StubReply } from '@cascadeflow/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { plainRouter, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';

/** Milliseconds a hung model may be silent in these tests. All others have time, however busy the machine is. */
const hangMs = 400;
const patientMs = 20_000;

type Fault = { readonly name: string; readonly fault: StubFault | 'refused' | 'wrong key'; readonly kind: string };

const faults: readonly Fault[] = [
  { name: '429', fault: { type: 'status', status: 429 }, kind: 'rate-limit' },
  { name: '500', fault: { type: 'status', status: 500 }, kind: 'server' },
  { name: '503', fault: { type: 'status', status: 503 }, kind: 'unavailable' },
  { name: 'connection refused', fault: 'refused', kind: 'network' },
  { name: 'connection reset', fault: { type: 'reset' }, kind: 'network' },
  { name: 'hung before headers', fault: { type: 'hang' }, kind: 'timeout' },
  { name: 'hung in the answer', fault: { type: 'hang', afterChunks: 1 }, kind: 'timeout' },
  { name: 'malformed', fault: { type: 'malformed' }, kind: 'malformed' },
  { name: 'cut cleanly', fault: { type: 'cut', afterChunks: 1 }, kind: 'cut' },
  { name: 'cut uncleanly', fault: { type: 'cut', afterChunks: 1, clean: false }, kind: 'cut' },
  { name: 'error in the stream', fault: { type: 'error-event', afterChunks: 1 }, kind: 'server' },
  { name: 'wrong key', fault: 'wrong key', kind: 'auth' },
];
const doors = ['run', 'streamEvents'] as const;

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let drafterStub: Stub;
let verifierStub: Stub;
let refused: string;
let isWarm = false;
beforeAll(async () => {
  drafterStub = await startStub({ apiKey: 'right' });
  verifierStub = await startStub({ apiKey: 'right' });
  refused = await refusedUrl();
  await build('verifier', faults[0] as Fault, 'good').run('so that the SDK is loaded').catch(() => {});
  isWarm = true;
});
beforeEach(() => {
  drafterStub.clear();
  verifierStub.clear();
});
afterAll(() => Promise.all([drafterStub.close(), verifierStub.close()]));

function build(broken: 'drafter' | 'verifier', { fault }: Fault, healthy: StubReply | string) {
  const [failing, working] = broken === 'drafter' ? [drafterStub, verifierStub] : [verifierStub, drafterStub];
  failing.setAnswer(() => ({ text: 'never the answer of this test', ...(typeof fault === 'object' && { fault }) }));
  working.setAnswer(() => healthy);
  const connect = (stub: Stub, id: string) => {
    const isBroken = stub === failing;
    return openai({ id, apiKey: isBroken && fault === 'wrong key' ? 'wrong' : 'right', baseURL: isBroken && fault === 'refused' ? refused : stub.baseURL });
  };
  return new CascadeAgent({
    judge: wordJudge,
    router: plainRouter,
    silenceMs: isWarm && typeof fault === 'object' && fault.type === 'hang' ? hangMs : patientMs,
    retries: 0,
    models: [{ name: 'small', provider: 'cheap', cost: 0.1 }, { name: 'large', provider: 'dear', cost: 1 }],
    providers: [connect(drafterStub, 'cheap'), connect(verifierStub, 'dear')],
  });
}

async function ask(agent: CascadeAgent, door: (typeof doors)[number]): Promise<{ result?: CascadeResult; error?: string; text: string; events: CascadeEvent[] }> {
  if (door === 'run') {
    const result = await agent.run('question');
    return { result, text: result.content, events: [] };
  }
  const events: CascadeEvent[] = [];
  for await (const event of agent.streamEvents('question')) events.push(event);
  const text = events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('');
  const last = events.at(-1);
  return { text, events, ...(last?.type === 'cascade-end' && { result: last.result }), ...(last?.type === 'cascade-fail' && { error: last.error.kind ?? last.error.code }) };
}

describe.each(doors)('through %s', (door) => {
  it.each(faults)('a drafter that fails ($name) costs the answer nothing', async (fault) => {
    const { result, text } = await ask(build('drafter', fault, 'the verifier answers'), door);
    expect(result).toMatchObject({ content: 'the verifier answers', modelUsed: 'large', degraded: false });
    expect(text).toBe('the verifier answers');
    expect(result?.attempts[0]).toMatchObject({ role: 'draft', error: { kind: fault.kind } });
    expect(Math.abs((result?.totalCost ?? NaN) - (result?.draftCost ?? NaN) - (result?.verifierCost ?? NaN))).toBeLessThan(1e-12);
  });

  it.each(faults)('a verifier that fails ($name) leaves the draft, marked degraded, or an error once its text was shown', async (fault) => {
    const { result, error, text, events } = await ask(build('verifier', fault, 'a bad draft'), door);
    const shown = events.some((event) => event.type === 'text-delta' && event.attempt === 1);
    if (shown) {
      expect(error).toBe(fault.kind);
      expect(text).not.toContain('bad draft');
      return;
    }
    expect(result).toMatchObject({ content: 'a bad draft', modelUsed: 'small', degraded: true });
    expect(text).toBe('a bad draft');
    expect(result?.attempts.find((attempt) => attempt.role === 'verifier')).toMatchObject({ error: { kind: fault.kind } });
  });
});

it('an abort reaches the upstream socket within 50 ms', async () => {
  const agent = build('verifier', faults[0] as Fault, { text: 'x y', fault: { type: 'cut' } });
  drafterStub.setAnswer(() => ({ text: 'x', fault: { type: 'hang', afterChunks: 1 } }));
  const delays: number[] = [];
  // A busy machine may be late once; the shortest of a few says what the engine takes.
  for (let run = 0; run < 5; run++) {
    const controller = new AbortController();
    const running = agent.run('question', { signal: controller.signal }).catch((error: unknown) => error);
    while (drafterStub.active === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const abortedAt = performance.now();
    controller.abort();
    expect(await running).toMatchObject({ code: 'aborted' });
    while (drafterStub.active > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    delays.push(performance.now() - abortedAt);
  }
  expect(Math.min(...delays)).toBeLessThan(50);
});
