/** Time to the first word and to the end, and what it costs, for each way of speculating, against an HTTP stub with model-like timings. */
import type { Judge, Model, Router } from '@cascadeflow/contract';
import { CascadeAgent, type Speculation } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { modelTiming, repeatingModel, startStub, type Stub } from '@cascadeflow/testing';
import type { BenchContext, BenchOptions } from './bench.ts';
import { mean, percentile } from './statistics.ts';

/** `--scale` makes the models so many times as fast or slow; below 0.3 the timers of a busy machine drown them. */
export const options: BenchOptions = { runs: { type: 'string', default: '600' }, concurrency: { type: 'string', default: '40' }, scale: { type: 'string', default: '1' } };

/** Median first token and median time per token of usual small and large hosted models; the large one is four times slower. The spread of the first token gives the tail: p99 is 5 times the median. */
const small = { firstTokenMs: 300, perTokenMs: 8, firstTokenSigma: 0.7 };
const large = { firstTokenMs: 1200, perTokenMs: 32, firstTokenSigma: 0.7 };
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
  const scale = Number(flags['scale']);
  const modes: readonly (Speculation | 'always-verifier')[] = ['always-verifier', 'sequential', 'parallel', 'hedged', 'auto'];
  const all = new Map<string, Timed>();
  report.note(`stub: ${tokens} tokens, small ${scale * small.firstTokenMs} ms + ${scale * small.perTokenMs} ms a token, large ${scale * large.firstTokenMs} + ${scale * large.perTokenMs}; ${100 * acceptance}% of drafts are good; auto: a second is worth 1 cent, at most 30% more cost`);
  for (const mode of modes) {
    const stub = await startTimedStub(scale);
    const timed = await runAll(stub, mode, runs, concurrency);
    await stub.close();
    all.set(mode, timed);
    const line = (times: readonly number[]) => `mean ${mean(times).toFixed(1)}, p50 ${percentile(times, 0.5).toFixed(1)}, p95 ${percentile(times, 0.95).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)} ms`;
    report.note(`${mode.padEnd(16)} first token: ${line(timed.first)} | end: ${line(timed.end)} | cost ${(1e6 * timed.cost / runs).toFixed(2)} micro-USD a run`);
  }
  const get = (mode: string) => all.get(mode) as Timed;
  const speedup = (mode: string) => mean(get('always-verifier').end) / mean(get(mode).end);
  const extraCost = (mode: string) => 100 * (get(mode).cost / get('sequential').cost - 1);
  // One after the other, a draft of a quarter of the time and three escalations in ten take 0.25 + 0.3 of the verifier's time: 1.82 is what is expected of it.
  report.figure({ name: 'mean end-to-end, always-verifier / sequential (1.82 expected)', value: speedup('sequential'), n: runs });
  report.figure({ name: 'mean end-to-end, always-verifier / hedged', value: speedup('hedged'), n: runs });
  for (const mode of ['parallel', 'auto']) report.figure({ name: `${mode}: cost beyond sequential`, value: extraCost(mode), unit: '%', n: runs });
  report.target('mean end-to-end, always-verifier / parallel', speedup('parallel'), { atLeast: 2 }, { n: runs });
  report.target('mean end-to-end, always-verifier / auto', speedup('auto'), { atLeast: 2 }, { n: runs });
  report.target('hedged p99 to the end / sequential p99', percentile(get('hedged').end, 0.99) / percentile(get('sequential').end, 0.99), { atMost: 0.7 }, { n: runs });
  report.target('hedged cost / sequential cost', get('hedged').cost / get('sequential').cost, { atMost: 1.05 }, { n: runs });
  await windowFirstText(report);
  await earlyAbort(report);
}

/** Every mode meets the same times: they hang on the question, the model, and how often it has been asked that question. */
function startTimedStub(scale: number): Promise<Stub> {
  const asked = new Map<string, number>();
  return startStub({
    record: false,
    answer: ({ model, prompt }) => {
      const question = Number(prompt.split(' ')[1]);
      const isLarge = model === 'large';
      const call = asked.get(`${model} ${question}`) ?? 0;
      asked.set(`${model} ${question}`, call + 1);
      const { firstTokenMs, perTokenMs, firstTokenSigma } = isLarge ? large : small;
      const timing = modelTiming({ seed: 1 + 16 * question + 2 * call + (isLarge ? 1 : 0), firstTokenMs: scale * firstTokenMs, perTokenMs: scale * perTokenMs, firstTokenSigma });
      const isGood = question % 10 < 10 * acceptance;
      return { text: (isLarge || isGood ? 'good' : 'bad') + words, chunks: 'words', timing: timing() };
    },
  });
}

async function runAll(stub: Stub, mode: Speculation | 'always-verifier', runs: number, concurrency: number): Promise<Timed> {
  const agent = new CascadeAgent({
    judge: byFirstWord,
    router: draftFirst,
    models: [{ name: 'small', provider: 'openai', cost: { input: 0.15, output: 0.6 } }, { name: 'large', provider: 'openai', cost: { input: 2.5, output: 10 } }],
    providers: [openai({ apiKey: 'k', baseURL: stub.baseURL })],
    latencyValue: 0.01,
    ...(mode === 'auto' && { speculationBudget: 0.3 }),
    ...(mode !== 'always-verifier' && { speculation: mode }),
  });
  const timed: Timed = { first: [], end: [], cost: 0 };
  const warmUp = 100;
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
