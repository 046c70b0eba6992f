/** Time to the first word and to the end, and what it costs, for each way of speculating, against an HTTP stub with model-like timings. */
import type { Judge, Model, Router } from '@cascadeflow/contract';
import { CascadeAgent, type Speculation } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { modelTiming, repeatingModel, startStub, type Stub } from '@cascadeflow/testing';
import type { BenchContext, BenchOptions } from './bench.ts';
import { mean, percentile } from './statistics.ts';

export const options: BenchOptions = { runs: { type: 'string', default: '600' }, concurrency: { type: 'string', default: '6' } };

/**
 * Median first token and median time per token, a tenth of what small and large hosted models usually take (300 ms and 8 ms; 1 200 ms and 32 ms),
 * so that the bench ends soon; the large model is four times slower. The spread of the first token gives the tail: p99 is 5 times the median.
 */
const small = { firstTokenMs: 30, perTokenMs: 0.8, firstTokenSigma: 0.7 };
const large = { firstTokenMs: 120, perTokenMs: 3.2, firstTokenSigma: 0.7 };
const tokens = 40;
const acceptance = 0.7;
const words = Array.from({ length: tokens - 1 }, (_, index) => ` word${index}`).join('');

const byFirstWord: Judge = ({ draft }) => {
  const probability = draft.content.startsWith('good') ? 0.95 : 0.05;
  return { accept: probability > 0.5, probability, threshold: 0.5, signals: [], reason: 'first word' };
};
const draftFirst: Router = ({ models, secondOpinion }) => ({
  complexity: { label: 'unknown', confidence: 0 },
  domain: { label: 'general', confidence: 0 },
  plan: { tiers: models.map((model) => model.tier), start: 'draft', secondOpinion, excluded: [], acceptChance: acceptance },
  reasons: [],
});

interface Timed {
  readonly first: number[];
  readonly end: number[];
  cost: number;
}

export async function bench({ report, flags }: BenchContext): Promise<void> {
  const runs = Number(flags['runs']);
  const concurrency = Number(flags['concurrency']);
  const modes: readonly (Speculation | 'always-verifier')[] = ['always-verifier', 'sequential', 'parallel', 'hedged', 'auto'];
  const all = new Map<string, Timed>();
  report.note(`stub: ${tokens} tokens, small ${small.firstTokenMs} ms + ${small.perTokenMs} ms a token, large ${large.firstTokenMs} + ${large.perTokenMs}; ${100 * acceptance}% of drafts are good`);
  for (const mode of modes) {
    const stub = await startTimedStub();
    const timed = await runAll(stub, mode, runs, concurrency);
    await stub.close();
    all.set(mode, timed);
    const line = (times: readonly number[]) => `mean ${mean(times).toFixed(1)}, p50 ${percentile(times, 0.5).toFixed(1)}, p95 ${percentile(times, 0.95).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
    report.note(`${mode.padEnd(16)} first token: ${line(timed.first)} | end: ${line(timed.end)} | cost ${(1e6 * timed.cost / runs).toFixed(2)} micro-USD a run`);
  }
  const get = (mode: string) => all.get(mode) as Timed;
  // One after the other, a draft of a quarter of the time and three escalations in ten take 0.25 + 0.3 of the verifier's time: 1.82 is the most there is.
  report.figure({ name: 'mean end-to-end, always-verifier / sequential (1.82 at most)', value: mean(get('always-verifier').end) / mean(get('sequential').end), n: runs });
  report.target('mean end-to-end, always-verifier / parallel', mean(get('always-verifier').end) / mean(get('parallel').end), { atLeast: 2 }, { n: runs });
  report.target('hedged p99 to the end / sequential p99', percentile(get('hedged').end, 0.99) / percentile(get('sequential').end, 0.99), { atMost: 0.7 }, { n: runs });
  report.target('hedged cost / sequential cost', get('hedged').cost / get('sequential').cost, { atMost: 1.05 }, { n: runs });
  await windowFirstText(report);
  await earlyAbort(report);
}

function startTimedStub(): Promise<Stub> {
  const smallTiming = modelTiming({ seed: 1, ...small });
  const largeTiming = modelTiming({ seed: 2, ...large });
  return startStub({
    record: false,
    answer: ({ model, prompt }) => {
      const isGood = Number(prompt.split(' ')[1]) % 10 < 10 * acceptance;
      return { text: (model === 'large' || isGood ? 'good' : 'bad') + words, chunks: 'words', timing: model === 'large' ? largeTiming() : smallTiming() };
    },
  });
}

async function runAll(stub: Stub, mode: Speculation | 'always-verifier', runs: number, concurrency: number): Promise<Timed> {
  const agent = new CascadeAgent({
    judge: byFirstWord,
    router: draftFirst,
    models: [{ name: 'small', provider: 'openai', cost: { input: 0.15, output: 0.6 } }, { name: 'large', provider: 'openai', cost: { input: 2.5, output: 10 } }],
    providers: [openai({ apiKey: 'k', baseURL: stub.baseURL })],
    latencyValue: 0.001,
    ...(mode !== 'always-verifier' && { speculation: mode }),
  });
  const timed: Timed = { first: [], end: [], cost: 0 };
  const warmUp = 40;
  let next = -warmUp;
  const worker = async () => {
    while (next < runs) {
      const index = next++;
      const started = performance.now();
      let first: number | undefined;
      for await (const event of agent.streamEvents(`question ${index + warmUp}`, mode === 'always-verifier' ? { forceModel: 'large' } : {})) {
        if (event.type === 'text-delta') first ??= performance.now() - started;
        if (event.type !== 'cascade-end' || index < 0) continue;
        timed.first.push(first ?? Number.NaN);
        timed.end.push(performance.now() - started);
        timed.cost += event.result.totalCost ?? Number.NaN;
      }
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return timed;
}

/** Milliseconds between the moment the window is full and the moment the reader gets it. */
async function windowFirstText(report: BenchContext['report']): Promise<void> {
  const pieces = Array.from({ length: 60 }, (_, index) => `good word ${index} `);
  const window = 96;
  const delays: number[] = [];
  let fullAt = 0;
  const plain = repeatingModel(() => ({ text: pieces.join(''), chunks: pieces, chunkDelayMs: 2 }));
  const watched: Model = {
    ...plain,
    async *stream(request, callOptions) {
      let length = 0;
      for await (const event of plain.stream(request, callOptions)) {
        if (event.type === 'text-delta' && length < window && (length += event.text.length) >= window) fullAt = performance.now();
        yield event;
      }
    },
  };
  const agent = new CascadeAgent({
    judge: byFirstWord,
    router: draftFirst,
    progress: () => ({ push: () => ({ probability: 0.95 }), toolCall: () => ({}) }),
    release: 'window',
    models: [{ name: 'small', model: watched, cost: 1 }, { name: 'large', model: repeatingModel(() => 'x'), cost: 10 }],
  });
  for (let run = 0; run < 40; run++) {
    let first: number | undefined;
    for await (const event of agent.streamEvents('question')) if (event.type === 'text-delta') first ??= performance.now();
    delays.push((first ?? Number.NaN) - fullAt);
  }
  report.target('window mode: first text after its first k tokens, p50', percentile(delays, 0.5), { atMost: 2 }, { unit: 'ms', n: delays.length });
}

/** Share of a failing draft's tokens that is never paid: prose where JSON was asked for, JSON that leaves its schema. */
async function earlyAbort(report: BenchContext['report']): Promise<void> {
  const long = ' and so on'.repeat(60);
  const failing = [`Sure, here is the JSON you asked for:${long}`, `{"name": 12, "note": "${long}"}`, `{"nane": "x", "note": "${long}"}`, `[1, 2, "${long}"]`];
  const schema = { type: 'object', properties: { name: { type: 'string' }, note: { type: 'string' } }, required: ['name'], additionalProperties: false };
  let written = 0;
  let whole = 0;
  for (const text of failing) {
    const draft = repeatingModel(() => ({ text, chunks: 12 }));
    const agent = new CascadeAgent({ models: [{ name: 'small', model: draft, cost: 1 }, { name: 'large', model: repeatingModel(() => '{"name": "x"}'), cost: 10 }], router: draftFirst });
    for await (const event of agent.streamEvents('question', { responseFormat: { type: 'json-schema', schema } })) {
      if (event.type === 'draft-end' && event.role === 'draft') written += event.content.length;
    }
    whole += text.length;
  }
  report.target('early abort: share of failing JSON drafts not written', 1 - written / whole, { atLeast: 0.5 }, { n: failing.length });
}
