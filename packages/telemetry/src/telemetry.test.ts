import { context, SpanStatusCode } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { AggregationTemporality, InMemoryMetricExporter, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BasicTracerProvider, InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import * as conventions from '@opentelemetry/semantic-conventions/incubating';
import type { CascadeEvent, Judge, Router } from '@cascadeflow/contract';
import { type AgentOptions, CascadeAgent } from '@cascadeflow/core';
import { repeatingModel, type ScriptStep } from '@cascadeflow/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logRuns, observeAll, telemetryObserver, withTelemetry } from './index.ts';

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

const judge: Judge = ({ draft }) => {
  const accept = draft.content.startsWith('good');
  return { accept, probability: accept ? 0.9 : 0.1, threshold: 0.5, signals: [], reason: `said ${draft.content}` };
};
const router: Router = ({ models }) => ({
  complexity: { label: 'simple', confidence: 1 },
  domain: { label: 'general', confidence: 1 },
  plan: { tiers: models.map((model) => model.tier), start: 'draft', secondOpinion: 'off', excluded: [] },
  reasons: [],
});

/** Every attribute and metric the conventions know. */
const conventionNames = new Set<unknown>(Object.values(conventions));

/** The real SDK, with exporters that keep everything. */
function open() {
  const spans = new InMemorySpanExporter();
  const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metricExporter, exportIntervalMillis: 3_600_000 });
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).getTracer('test');
  const meter = new MeterProvider({ readers: [reader] }).getMeter('test');
  return { spans, tracer, meter, reader, metricExporter };
}

function agentOf(draft: (prompt: string) => ScriptStep | string, verifier: ScriptStep | string, options: Partial<AgentOptions>): CascadeAgent {
  const promptOf = (request: { readonly messages: readonly { readonly content: unknown }[] }) => String(request.messages.at(-1)?.content);
  return new CascadeAgent({
    judge,
    router,
    retries: 0,
    models: [
      { name: 'small', model: repeatingModel((request) => draft(promptOf(request)), { provider: 'openai', id: 'small' }), cost: { input: 1, output: 1 } },
      { name: 'large', model: repeatingModel(() => verifier, { provider: 'anthropic', id: 'large' }), cost: { input: 10, output: 10 } },
    ],
    ...options,
  });
}

const childrenOf = (all: readonly ReadableSpan[], parent: ReadableSpan) => all.filter((span) => span.parentSpanContext?.spanId === parent.spanContext().spanId);

describe('telemetry', () => {
  it('makes a span per run and under it one per call, by the GenAI conventions', async () => {
    const { spans, tracer, meter } = open();
    const usage = { input: 10, cachedInput: 5, output: 20, reasoning: 3 };
    const agent = agentOf(() => ({ text: 'bad', usage }), { text: 'verified', usage, servedModel: 'large-2026', responseId: 'r1' }, withTelemetry({ onEvent: () => {} }, { tracer, meter }));
    await tracer.startActiveSpan('request', async (request) => {
      await agent.run('a secret prompt', { sessionId: 's1', user: 'ann', metadata: { team: 'x' } });
      request.end();
    });
    const all = spans.getFinishedSpans();
    const run = all.find((span) => span.name === 'cascade')!;
    expect(run.parentSpanContext?.spanId).toBe(all.find((span) => span.name === 'request')?.spanContext().spanId);
    expect(run.attributes).toMatchObject({ 'gen_ai.conversation.id': 's1', 'cascadeflow.model_used': 'large', 'cascadeflow.draft_accepted': false, 'gen_ai.usage.input_tokens': 30, 'cascadeflow.cost.usd': 418e-6 });
    const [draft, verifier] = childrenOf(all, run);
    expect([draft?.name, draft?.kind]).toEqual(['chat small', 2]);
    expect(draft?.attributes).toMatchObject({
      'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai', 'gen_ai.request.model': 'small', 'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 15, 'gen_ai.usage.output_tokens': 23, 'gen_ai.usage.cache_read.input_tokens': 5, 'gen_ai.usage.reasoning.output_tokens': 3,
      'cascadeflow.role': 'draft', 'cascadeflow.verdict.accept': false, 'cascadeflow.verdict.probability': 0.1, 'cascadeflow.cost.usd': 38e-6,
    });
    expect(verifier?.attributes).toMatchObject({ 'cascadeflow.role': 'verifier', 'gen_ai.response.model': 'large-2026', 'gen_ai.response.id': 'r1' });
    expect(JSON.stringify(all.map((span) => [span.attributes, span.events, span.status]))).not.toMatch(/secret|ann|verified|team/);
    const names = all.flatMap((span) => Object.keys(span.attributes)).filter((name) => name.startsWith('gen_ai.'));
    expect(names.filter((name) => !conventionNames.has(name))).toEqual([]);
  });

  it('marks failed calls and failed runs with the kind of their error', async () => {
    const { spans, tracer, meter } = open();
    const down = { fault: { type: 'throw', kind: 'server', status: 503 } } as const;
    await expect(agentOf(() => down, down, { onEvent: telemetryObserver({ tracer, meter }) }).run('q')).rejects.toMatchObject({ code: 'all-models-failed' });
    const all = spans.getFinishedSpans();
    expect(all.map((span) => [span.name, span.attributes['error.type'], span.status.code])).toEqual([
      ['chat small', 'server', SpanStatusCode.ERROR], ['chat large', 'server', SpanStatusCode.ERROR], ['cascade', 'all-models-failed', SpanStatusCode.ERROR],
    ]);
    expect(all[0]?.attributes['http.response.status_code']).toBe(503);
  });

  it('never mixes the spans of a thousand runs at once', async () => {
    const { spans, tracer, meter } = open();
    const agent = agentOf((prompt) => ({ text: Number(prompt) % 3 === 0 ? 'bad' : 'good', delayMs: Number(prompt) % 7 }), 'verified', { onEvent: telemetryObserver({ tracer, meter }) });
    const results = await Promise.all(Array.from({ length: 1000 }, (_, index) => tracer.startActiveSpan(`request ${index}`, async (span) => {
      const result = await agent.run(String(index), { sessionId: String(index) });
      span.end();
      return result;
    })));
    const all = spans.getFinishedSpans();
    const byId = new Map(all.map((span) => [span.spanContext().spanId, span]));
    const runs = all.filter((span) => span.name === 'cascade');
    const children = new Map<string, ReadableSpan[]>();
    for (const span of all) if (span.name.startsWith('chat')) children.set(span.parentSpanContext?.spanId ?? '', [...(children.get(span.parentSpanContext?.spanId ?? '') ?? []), span]);
    expect(runs).toHaveLength(1000);
    for (const run of runs) {
      const index = Number(run.attributes['gen_ai.conversation.id']);
      expect(byId.get(run.parentSpanContext?.spanId ?? '')?.name).toBe(`request ${index}`);
      expect(run.attributes['cascadeflow.run_id']).toBe(results[index]?.runId);
      const calls = children.get(run.spanContext().spanId) ?? [];
      expect(calls.map((call) => call.name)).toEqual(index % 3 === 0 ? ['chat small', 'chat large'] : ['chat small']);
      for (const call of calls) expect(call.spanContext().traceId).toBe(run.spanContext().traceId);
    }
  });

  it('counts tokens, seconds, dollars and outcomes', async () => {
    const { tracer, meter, reader, metricExporter } = open();
    const agent = agentOf(() => ({ text: 'good', usage: { input: 10, output: 20 } }), 'verified', { onEvent: telemetryObserver({ tracer, meter }) });
    await agent.run('q');
    await reader.forceFlush();
    const found = metricExporter.getMetrics().flatMap((resource) => resource.scopeMetrics.flatMap((one) => one.metrics));
    const byName = new Map(found.map((metric) => [metric.descriptor.name, metric.dataPoints]));
    expect([...byName.keys()].sort((a, b) => a.localeCompare(b))).toEqual(['cascadeflow.cost', 'cascadeflow.run.duration', 'cascadeflow.saved', 'gen_ai.client.operation.duration', 'gen_ai.client.token.usage']);
    expect([...byName.keys()].filter((name) => name.startsWith('gen_ai.') && !conventionNames.has(name))).toEqual([]);
    expect(byName.get('gen_ai.client.token.usage')?.map((point) => [point.attributes['gen_ai.token.type'], (point.value as { sum: number }).sum])).toEqual([['input', 10], ['output', 20]]);
    expect(byName.get('cascadeflow.cost')?.[0]).toMatchObject({ value: 30e-6, attributes: { 'cascadeflow.role': 'draft' } });
    expect(byName.get('cascadeflow.run.duration')?.[0]?.attributes).toEqual({ 'cascadeflow.outcome': 'draft-accepted', 'cascadeflow.model_used': 'small' });
  });
});

it('a run is one line of a log, without what was asked and answered', async () => {
  const lines: [level: string, fields: object, message: string][] = [];
  const write = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message]);
  const onEvent = logRuns({ info: write('info'), warn: write('warn'), error: write('error') });
  const down = { fault: { type: 'throw', kind: 'server' } } as const;
  await agentOf(() => 'good secret', 'verified', { onEvent }).run('secret', { sessionId: 's1' });
  await agentOf(() => 'bad secret', down, { onEvent }).run('secret');
  await agentOf(() => down, down, { onEvent }).run('secret').catch(() => {});
  expect(lines.map(([level, , message]) => `${level}: ${message}`)).toEqual(['info: cascade answered', 'warn: cascade answered, degraded', 'error: cascade failed']);
  expect(lines[0]?.[1]).toMatchObject({ sessionId: 's1', modelUsed: 'small', draftAccepted: true, attempts: 1, cost: expect.any(Number) });
  expect(JSON.stringify(lines)).not.toContain('secret');
});

it('an observer that throws keeps no other from being called', () => {
  const seen: string[] = [];
  const observer = observeAll(() => { throw new Error('first'); }, undefined, (event) => seen.push(event.type));
  expect(() => observer({ type: 'warning-raise', runId: 'r', seq: 0, atMs: 0, message: '' } satisfies CascadeEvent)).toThrow('first');
  expect(seen).toEqual(['warning-raise']);
});
