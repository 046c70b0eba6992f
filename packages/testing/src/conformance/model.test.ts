import { type Model, type ModelEvent, type ModelRequest, ProviderError } from '@cascadeflow/contract';
import * as vitest from 'vitest';
import { describe, expect, it } from 'vitest';
import { repeatingModel } from '../repeating-model.ts';
import { scriptedModel } from '../scripted-model.ts';
import type { ScriptFault, ScriptStep } from '../script-step.ts';
import type { StubFault, StubReply } from '../stub/reply.ts';
import { modelConformance } from './model.ts';
import type { OpenModel } from './model-subject.ts';
import { collectRunner } from './runner-doubles.ts';

const kinds = { 400: 'bad-request', 401: 'auth', 404: 'not-found', 429: 'rate-limit', 500: 'server', 502: 'server', 503: 'overloaded' } as const;

function toScriptFault(fault: StubFault | undefined): ScriptFault | undefined {
  if (fault === undefined || fault.type === 'cut' || fault.type === 'hang') return fault;
  if (fault.type === 'status') {
    const retryAfterMs = typeof fault.retryAfter === 'number' ? fault.retryAfter * 1000 : undefined;
    const kind = kinds[fault.status as keyof typeof kinds];
    return { type: 'throw', kind, status: fault.status, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  const kind = { reset: 'network', malformed: 'malformed', 'error-event': 'server' } as const;
  return { type: 'throw', kind: kind[fault.type], afterChunks: fault.afterChunks ?? 0 };
}

function toStep({ fault, timing, ...answer }: StubReply): ScriptStep {
  const scripted = toScriptFault(fault);
  return {
    chunks: 'words',
    ...answer,
    ...(scripted && { fault: scripted }),
    ...(timing && { delayMs: timing.firstChunkMs, chunkDelayMs: timing.chunkMs as number }),
  };
}

const openScripted: OpenModel = async (replies) => {
  const model = scriptedModel(replies.map(toStep), { generates: true });
  return {
    model,
    upstream: {
      get calls() {
        return model.calls.filter((call) => call.outcome !== 'aborted' || call.events > 0).length;
      },
      async left() {
        if (!['left', 'aborted'].includes(model.calls.at(-1)?.outcome ?? '')) throw new Error('still open');
      },
    },
  };
};

modelConformance(vitest, { name: 'scriptedModel', open: openScripted });

describe('modelConformance', () => {
  const failing = async (model: Model): Promise<string[]> => {
    const { runner, failures } = collectRunner();
    modelConformance(runner, { name: 'broken', open: async () => ({ model }) });
    return failures();
  };

  it('fails a model that says the same whatever happens', async () => {
    const failed = await failing(repeatingModel(() => 'Paris.'));
    for (const check of ['text', 'tools', 'logprobs', 'finish-length', 'rate-limit', 'cut', 'reset', 'secrets']) expect(failed).toContain(check);
    expect(failed).not.toContain('identity');
  });

  it('fails a model that does not hear its signal, ends twice and writes to its request', async () => {
    const deaf: Model = {
      contract: 'v1',
      provider: 'deaf',
      id: 'deaf',
      capabilities: {},
      async *stream(request: ModelRequest): AsyncGenerator<ModelEvent> {
        (request.messages as unknown[]).push({ role: 'user', content: 'more' });
        yield { type: 'end', finishReason: { unified: 'stop' } };
        yield { type: 'end', finishReason: { unified: 'stop' } };
      },
    };
    expect(await failing(deaf)).toEqual(expect.arrayContaining(['text', 'empty', 'abort-midway']));
  });

  it('fails an error that repeats the prompt', async () => {
    const leaky = repeatingModel((request) => ({
      fault: { type: 'throw', error: new ProviderError(`bad prompt: ${JSON.stringify(request.messages)}`, { kind: 'bad-request', provider: 'leaky', retryable: false }) },
    }));
    const failed = await failing(leaky);
    expect(failed).toContain('secrets');
    expect(failed).not.toContain('bad-request');
  });

  it('wants a reason for a skip, and a check it knows', () => {
    const { runner } = collectRunner();
    expect(() => modelConformance(runner, { name: 'x', open: openScripted, skip: { logprobs: ' ' } })).toThrow(/reason/);
    expect(() => modelConformance(runner, { name: 'x', open: openScripted, skip: { logprob: 'none' } as object })).toThrow(/names no check/);
  });

  it('names the reason in the skipped test', () => {
    const { runner, skipped } = collectRunner();
    modelConformance(runner, { name: 'x', open: openScripted, skip: { logprobs: 'the vendor has none' } });
    expect(skipped).toEqual([expect.stringContaining('the vendor has none')]);
  });
});
