import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Price, type Trace, traceVersion } from '@cascadeflow/contract';
import { loadSet, type Question } from '../quality/recordings.ts';

/** Tokens of a text by its length, where the recordings have none. */
const tokensOf = (text: string) => Math.max(1, Math.ceil(text.length / 4));

/** List prices of the recordings' time, USD per 1M tokens. */
export function loadPrices(data: string): Record<string, Price> {
  const { prices } = JSON.parse(readFileSync(join(data, 'prices.json'), 'utf8')) as { prices: Record<string, [number, number]> };
  return Object.fromEntries(Object.entries(prices).map(([model, [input, output]]) => [model, { input, output }]));
}

/** Models whose answers hide billed reasoning tokens that no file holds. */
const hidesReasoning = /^(o1|o3|deepseek-r1|gemini-2\.5)/;

const loaded = new Map<string, readonly Trace[]>();

/** A recorded set as traces, in an order that is random but always the same. Each is read once. */
export function loadTraces(data: string, set: string): readonly Trace[] {
  const file = join(data, set);
  const traces = loaded.get(file) ?? loadSet(data, set).map((question) => toTrace(set, question));
  loaded.set(file, traces);
  return traces;
}

function toTrace(set: string, { id, request, promptText, answers }: Question): Trace {
  return {
    version: traceVersion,
    runId: `${set}/${id}`,
    time: '2026-01-01T00:00:00Z',
    mode: 'record',
    request,
    requestHash: id,
    models: [],
    target: 'balanced',
    answers: [...answers]
      .filter(([model]) => !hidesReasoning.test(model))
      .map(([model, answer]) => ({
        provider: 'recorded',
        model,
        tier: 0,
        content: answer.text,
        toolCalls: [],
        finishReason: { unified: 'stop' as const },
        complete: true,
        usage: { input: answer.tokensIn ?? tokensOf(promptText), output: answer.tokensOut ?? tokensOf(answer.text) },
        label: { score: answer.good, source: 'gold' as const },
      })),
    verdicts: [],
    attempts: [],
    latencyMs: 0,
  };
}
