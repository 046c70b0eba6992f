import type { Trace } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { readLines } from './read-lines.ts';
import { readTraces, type TraceProblem } from './read-traces.ts';
import { createSeenIds } from './seen-ids.ts';

const trace = (runId: string, part: object = {}): Trace => ({
  version: 1,
  runId,
  time: '2026-01-01T00:00:00Z',
  mode: 'record',
  requestHash: runId,
  request: { messages: [{ role: 'user', content: 'Zürich, ça va? 你好' }] },
  models: [],
  target: 'balanced',
  answers: [{ provider: 'p', model: 'small', tier: 0, content: 'yes', label: { score: 1, source: 'gold' } }],
  verdicts: [],
  attempts: [],
  latencyMs: 1,
  ...part,
});
const line = (value: unknown) => `${JSON.stringify(value)}\n`;

async function read(text: string | readonly (string | Uint8Array)[], models: readonly string[] = []) {
  const problems: TraceProblem[] = [];
  const traces: Trace[] = [];
  const reader = readTraces(typeof text === 'string' ? [text] : text, { models, onProblem: (problem) => problems.push(problem) });
  for (let next = await reader.next(); ; next = await reader.next()) {
    if (next.done === true) return { traces, problems, count: next.value };
    traces.push(next.value);
  }
}

describe('reading traces', () => {
  it('uses the good lines and tells of the bad ones by number', async () => {
    const file = line(trace('a')) + '\n' + line(trace('b', { version: 2 })) + line(trace('a')) + 'not json\n' + line(trace('c')) + line(trace('d', { answers: [{ provider: 'p' }] })) + '{"version":1,"runId":"e"';
    const { traces, problems, count } = await read(file);
    expect(traces.map((each) => each.runId)).toEqual(['a', 'c']);
    expect(problems).toEqual([
      { line: 3, kind: 'foreign-version', message: 'version: is 2, this release reads traces of version 1' },
      { line: 4, kind: 'duplicate', message: 'run a was read before; the first is kept' },
      { line: 5, kind: 'not-json', message: 'is not JSON; expected one trace on one line' },
      { line: 7, kind: 'not-a-trace', message: 'answers[0].model: is missing: an answer must name its model' },
      { line: 8, kind: 'torn', message: 'is cut off: the writer was stopped in the middle of the last line' },
    ]);
    expect(count).toEqual({ good: 2, bad: 5, byKind: { 'foreign-version': 1, duplicate: 1, 'not-json': 1, 'not-a-trace': 1, torn: 1 } });
  });

  it('names the model that a line lacks', async () => {
    const { problems } = await read(line(trace('a')), ['small', 'large']);
    expect(problems).toEqual([{ line: 1, kind: 'missing-model', message: 'has no answer of large; it has small' }]);
  });

  it('takes a last line without a line end when it is whole', async () => {
    expect((await read(JSON.stringify(trace('a')))).traces).toHaveLength(1);
    expect((await read('')).count).toEqual({ good: 0, bad: 0, byKind: {} });
  });

  it.each([
    [{ answers: [{ model: 'm', label: { score: 2, source: 'gold' } }] }, 'answers[0].label.score: must be from 0'],
    [{ answers: [{ model: 'm', label: { score: 1, source: 'guess' } }] }, 'answers[0].label.source: must be one of gold, human'],
    [{ answers: [{ model: 'm' }, { model: 'm' }] }, 'answers[1].model: m answers twice'],
    [{ request: 'hi' }, 'request: must have a list of messages'],
    [{ time: 'yesterday' }, 'time: must be a time such as'],
    [{ runId: 7 }, 'runId: must be a text'],
  ])('says what is wrong with %j', async (part, message) => {
    expect((await read(line(trace('a', part)))).problems[0]?.message).toContain(message);
  });

  it('does not care where the pieces of the file are cut, even inside a letter', async () => {
    const bytes = new TextEncoder().encode(line(trace('a')) + line(trace('b')));
    for (const size of [1, 7, 1000]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect((await read(pieces)).traces).toEqual([trace('a'), trace('b')]);
    }
  });

  it('passes over a line that is too long without holding it', async () => {
    const lines = [];
    for await (const each of readLines(['aaaa', 'aaaaaa\nb', '\n'], 5)) lines.push(each);
    expect(lines).toEqual([{ number: 1, ended: true }, { number: 2, text: 'b', ended: true }]);
  });

  it('remembers ids', () => {
    const seen = createSeenIds();
    for (let index = 0; index < 100_000; index++) if (seen.add(`run-${index}`)) throw new Error(`run-${index} is new`);
    expect(seen.add('run-77')).toBe(true);
    expect(seen.add('')).toBe(false);
    expect(seen.add('')).toBe(true);
  });
});
