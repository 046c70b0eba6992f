/** What the engine costs beyond the model's own time, in process and over loopback HTTP. */
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { repeatingModel, startStub } from '@cascadeflow/testing';
import OpenAI from 'openai';
import type { BenchContext } from './bench.ts';
import { measureInstalled } from './overhead/installed.ts';
import { timePair } from './timing.ts';

const shortPrompt = 'What is the capital of Australia?';
const answer = 'The capital of Australia is Canberra, which became the seat of government in 1927.';
/** 4 000 words of plain prose, no two sentences alike. */
const longPrompt = Array.from({ length: 400 }, (_, index) => `Paragraph ${index} tells how the harbour of town ${index * 7} grew over years.`).join(' ') + ' What is this text about?';

export async function bench({ report }: BenchContext): Promise<void> {
  await inProcess(report, 'short prompt', shortPrompt, 20_000, { p50: 0.08, p99: 0.5 });
  await inProcess(report, '4 000-word prompt', longPrompt, 2000, { p50: 0.5 });
  await overHttp(report);
  measureInstalled(report);
}

async function inProcess(report: BenchContext['report'], name: string, prompt: string, runs: number, bound: { p50: number; p99?: number }): Promise<void> {
  const model = repeatingModel(() => answer, { id: 'small' });
  const agent = new CascadeAgent({
    models: [{ name: 'small', model, cost: { input: 0.15, output: 0.6 } }, { name: 'large', model: repeatingModel(() => answer, { id: 'large' }), cost: { input: 2.5, output: 10 } }],
    quality: { minProbability: 0 },
  });
  const request = { messages: [{ role: 'user', content: prompt }] } as const;
  const alone = async () => {
    for await (const event of model.stream(request)) if (event.type === 'end') return;
  };
  const early = await timePair(() => agent.run(prompt), alone, { runs: runs / 10, warmUp: runs / 10 });
  report.figure({ name: `${name}: overhead p50 of runs ${runs / 10} to ${runs / 5}, while the compiler is still at work`, value: early.difference.p50, unit: 'ms', n: runs / 10 });
  const pair = await timePair(() => agent.run(prompt), alone, { runs, warmUp: runs / 2 });
  report.figure({ name: `${name}: model alone, p50`, value: pair.second.p50, unit: 'ms', n: runs });
  report.figure({ name: `${name}: run, p50`, value: pair.first.p50, unit: 'ms', n: runs });
  report.target(`${name}: overhead p50`, pair.difference.p50, { atMost: bound.p50 }, { unit: 'ms', n: runs, interval: pair.differenceInterval });
  if (bound.p99 !== undefined) report.target(`${name}: overhead p99`, pair.difference.p99, { atMost: bound.p99 }, { unit: 'ms', n: runs });
}

/** The same streamed request through the engine and straight through the openai SDK, turn by turn. */
async function overHttp(report: BenchContext['report']): Promise<void> {
  const stub = await startStub({ answer: () => answer, record: false });
  const agent = new CascadeAgent({
    models: [{ name: 'small', provider: 'openai', cost: { input: 0.15, output: 0.6 } }, { name: 'large', provider: 'openai', cost: { input: 2.5, output: 10 } }],
    providers: [openai({ apiKey: 'k', baseURL: stub.baseURL })],
    quality: { minProbability: 0 },
  });
  const client = new OpenAI({ apiKey: 'k', baseURL: stub.baseURL, maxRetries: 0 });
  const straight = async () => {
    const stream = await client.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: shortPrompt }], stream: true, stream_options: { include_usage: true } });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    return text;
  };
  const runs = 3000;
  const pair = await timePair(() => agent.run(shortPrompt), straight, { runs, warmUp: 500 });
  report.figure({ name: 'loopback HTTP: openai SDK alone, p50', value: pair.second.p50, unit: 'ms', n: runs });
  report.figure({ name: 'loopback HTTP: run, p50', value: pair.first.p50, unit: 'ms', n: runs });
  report.target('loopback HTTP: paired difference p50', pair.difference.p50, { atMost: 0.15 }, { unit: 'ms', n: runs, interval: pair.differenceInterval });
  await stub.close();
}
