import assert from 'node:assert/strict';
import { ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';
import type { StubFault } from '../stub/reply.ts';
import { askOnce, type Heard, type OpenModel } from './model-subject.ts';
import type { ConformanceCheck } from './suite.ts';

const text = 'The capital of France is Paris.';

interface FaultExpectation {
  readonly kinds: readonly ProviderErrorKind[];
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
}

function assertFailed(heard: Heard, expected: FaultExpectation): void {
  assert.ok(heard.error !== undefined, 'the stream must throw, not stop quietly');
  assert.ok(heard.error instanceof ProviderError, `must throw a ProviderError, threw ${String(heard.error)}`);
  assert.ok(expected.kinds.includes(heard.error.kind), `kind must be ${expected.kinds.join(' or ')}, is ${heard.error.kind}`);
  if (expected.retryable !== undefined) assert.equal(heard.error.retryable, expected.retryable, 'retryable');
  if (expected.retryAfterMs !== undefined) assert.equal(heard.error.retryAfterMs, expected.retryAfterMs, 'retryAfterMs');
  assert.equal(heard.end, undefined, 'an answer that failed has no end event');
}

function fails(promise: string, fault: StubFault, expected: FaultExpectation): ConformanceCheck<OpenModel> {
  return {
    promise,
    async run(open) {
      const heard = await askOnce(open, { text, fault });
      assertFailed(heard, expected);
      if (heard.calls !== undefined) assert.equal(heard.calls, 1, 'a model does not retry by itself: the cascade does, under its deadline');
    },
  };
}

function stops(promise: string, fault: StubFault): ConformanceCheck<OpenModel> {
  return {
    promise,
    async run(open) {
      const heard = await askOnce(open, { text, fault });
      assert.equal(heard.end, undefined, 'a cut stream is never a whole answer');
      if (heard.error !== undefined) assert.ok(heard.error instanceof ProviderError, `must throw a ProviderError, threw ${String(heard.error)}`);
      assert.ok(text.startsWith(heard.text), 'what was heard is the beginning of the answer');
    },
  };
}

/** How a model tells of every failure of its provider. */
export const modelFaultChecks = {
  'rate-limit': fails(
    '429 is a rate limit with the time to wait',
    { type: 'status', status: 429, retryAfter: 7 },
    { kinds: ['rate-limit'], retryable: true, retryAfterMs: 7000 },
  ),
  'server-error': fails('500 can be retried', { type: 'status', status: 500 }, { kinds: ['server', 'overloaded'], retryable: true }),
  unavailable: fails('503 can be retried', { type: 'status', status: 503 }, { kinds: ['server', 'overloaded', 'unavailable'], retryable: true }),
  auth: fails('401 is a wrong key, and final', { type: 'status', status: 401 }, { kinds: ['auth'], retryable: false }),
  'not-found': fails('404 is an unknown model, and final', { type: 'status', status: 404 }, { kinds: ['not-found'], retryable: false }),
  'bad-request': fails('400 is final', { type: 'status', status: 400 }, { kinds: ['bad-request'], retryable: false }),
  'not-json': fails('an error page that is not JSON is read by its status', { type: 'status', status: 502, body: '<html>Bad gateway</html>' }, {
    kinds: ['server', 'overloaded', 'unavailable', 'network'],
    retryable: true,
  }),
  reset: fails('a reset connection is a network failure', { type: 'reset' }, { kinds: ['network'], retryable: true }),
  'reset-midway': fails('a connection reset in mid-answer is a failure', { type: 'reset', afterChunks: 2 }, { kinds: ['network', 'cut'], retryable: true }),
  malformed: fails('what is not JSON is malformed', { type: 'malformed', afterChunks: 1 }, { kinds: ['malformed', 'cut'] }),
  'error-event': fails(
    'an error inside the stream is thrown',
    { type: 'error-event', afterChunks: 1, message: 'The server had an error' },
    { kinds: ['server', 'overloaded', 'other'] },
  ),
  cut: stops('a stream that stops early has no end event', { type: 'cut', afterChunks: 2 }),
  'cut-socket': stops('a stream whose socket closes has no end event', { type: 'cut', afterChunks: 2, clean: false }),
  secrets: {
    promise: 'no error repeats the prompt or the answer',
    async run(open) {
      const faults: readonly StubFault[] = [
        { type: 'status', status: 400, message: 'Your prompt "My secret word is xyzzy-9181." is bad' },
        { type: 'malformed', afterChunks: 3 },
        { type: 'error-event', afterChunks: 3 },
      ];
      for (const fault of faults) {
        const { error } = await askOnce(open, { text: 'plugh-4471 is the answer', fault });
        assert.ok(error instanceof ProviderError, 'must throw a ProviderError');
        const told = JSON.stringify(error.toInfo()) + error.message + String(error.stack);
        assert.ok(!told.includes('xyzzy-9181'), `the error repeats the prompt: ${error.message}`);
        assert.ok(!told.includes('plugh-4471'), `the error repeats the answer: ${error.message}`);
      }
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenModel> };
