/** What the engine costs per streamed chunk, and whether ten thousand streams at once fit and leave nothing behind. */
import type { Judge, ModelEvent } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { repeatingModel } from '@cascadeflow/testing';
import type { BenchContext } from './bench.ts';
import { percentile } from './statistics.ts';

const accept: Judge = () => ({ accept: true, probability: 1, threshold: 0, signals: [], reason: 'always' });
const streams = 10_000;
const chunksEach = 50;
const rounds = 10;

export async function bench({ report }: BenchContext): Promise<void> {
  await perChunk(report);
  await many(report);
}

async function perChunk(report: BenchContext['report']): Promise<void> {
  const chunks = Array.from({ length: 20_000 }, (_, index) => `word${index} `);
  const model = repeatingModel(() => ({ text: chunks.join(''), chunks }));
  const agent = new CascadeAgent({ judge: accept, models: [{ name: 'only', model, cost: 1 }] });
  const request = { messages: [{ role: 'user', content: 'question' }] } as const;
  const costs: number[] = [];
  for (let run = 0; run < 30; run++) {
    const through = await timed(agent.streamEvents('question'));
    const alone = await timed(model.stream(request));
    if (run >= 5) costs.push((1000 * (through - alone)) / chunks.length);
  }
  report.target('engine cost per streamed chunk, p50', percentile(costs, 0.5), { atMost: 3 }, { unit: 'µs', n: costs.length });
}

async function timed(events: AsyncIterable<unknown>): Promise<number> {
  const start = performance.now();
  for await (const _ of events);
  return performance.now() - start;
}

async function many(report: BenchContext['report']): Promise<void> {
  const model = { ...repeatingModel(() => ''), stream: slowStream };
  const agent = new CascadeAgent({ judge: accept, models: [{ name: 'only', model, cost: 1 }] });
  const heaps: number[] = [];
  let peak = 0;
  for (let round = 0; round < rounds; round++) {
    const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
    await Promise.all(Array.from({ length: streams }, async () => {
      for await (const _ of agent.streamEvents('question'));
    }));
    clearInterval(watch);
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed);
  }
  const [second = Number.NaN] = heaps.slice(1);
  report.target(`${streams} streams of ${chunksEach} chunks at once: most memory`, peak / 2 ** 30, { atMost: 1.5 }, { unit: 'GB' });
  report.target('heap after the last round / after the second', (heaps.at(-1) ?? Number.NaN) / second, { atMost: 1.05 }, { n: rounds });
}

async function* slowStream(): AsyncGenerator<ModelEvent> {
  for (let index = 0; index < chunksEach; index++) {
    await new Promise((resolve) => setImmediate(resolve));
    yield { type: 'text-delta', text: `chunk ${index} ` };
  }
  yield { type: 'end', finishReason: { unified: 'stop' }, usage: { input: 5, output: 100 } };
}
