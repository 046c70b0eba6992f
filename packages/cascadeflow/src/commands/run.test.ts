import { type Stub, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';

let stub: Stub;
beforeEach(async () => {
  stub = await startStub({ answer: ({ model }) => `${model} says that the capital of France is Paris.` });
});
afterEach(() => stub.close());

const ask = (...argv: string[]): string[] => ['run', 'What is the capital of France?', '--base-url', stub.baseURL, ...argv];

// The first call loads every provider and an SDK, which takes its time on a busy machine.
describe('cascadeflow run', { timeout: 30_000 }, () => {
  it('answers on standard output and tells the decision on standard error', async () => {
    const io = testIo({ env: { OPENAI_API_KEY: 'secret-1' } });
    expect(await main(ask('-m', 'openai/gpt-5@1.25/10', '--system', 'Be brief.', '--temperature', '0.5'), io)).toBe(ExitCode.ok);
    expect(io.written.out).toBe('gpt-5 says that the capital of France is Paris.\n');
    expect(io.written.err).toMatch(/^warning: gpt-5: temperature is not sent.+\ngpt-5: answered directly\. \$0\.\d+, .+\.\n$/);
    expect(stub.requests[0]?.headers.authorization).toBe('Bearer secret-1');
    expect(stub.requests[0]?.body).toMatchObject({ model: 'gpt-5', messages: [{ content: 'Be brief.' }, {}] });
  });

  it('cascades over a server of one\'s own, without a key, at a price of one\'s own', async () => {
    const io = testIo();
    expect(await main(ask('-m', 'local/small@0', '-m', 'local/large@1/2', '--json', '--quality', '0'), io)).toBe(ExitCode.ok);
    const result = JSON.parse(io.written.out) as { modelUsed: string; totalCost: number; cascaded: boolean; qualityThreshold: number; content: string };
    expect(result).toMatchObject({ modelUsed: 'small', totalCost: 0, cascaded: true, draftAccepted: true, qualityThreshold: 0 });
    expect(result.content).toContain('Paris');
  });

  it('writes every event as a line', async () => {
    const io = testIo();
    expect(await main(ask('-m', 'local/small@0', '--events'), io)).toBe(ExitCode.ok);
    const events = io.written.out.trim().split('\n').map((line) => JSON.parse(line) as { type: string; seq: number });
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect([events[0]?.type, events.at(-1)?.type]).toEqual(['cascade-start', 'cascade-end']);
  });

  it('reads the prompt from standard input', async () => {
    const io = testIo({ input: 'From a pipe?\n' });
    expect(await main(['run', '-', '--base-url', stub.baseURL, '-m', 'local/m@0', '--quiet'], io)).toBe(ExitCode.ok);
    expect(stub.requests[0]?.rawBody).toContain('From a pipe?');
    expect(io.written.err).toBe('');
  });

  it('fails with 1 and the reason when no model answers, key kept', async () => {
    stub.setAnswer(() => ({ fault: { type: 'status', status: 401 } }));
    const io = testIo({ env: { OPENAI_API_KEY: 'secret-1' } });
    expect(await main(ask('-m', 'openai/gpt-5@1/2'), io)).toBe(ExitCode.failed);
    expect(io.written.err).toMatch(/^error: .*gpt-5/);
    expect(io.written.err).not.toContain('secret-1');
    const events = testIo({ env: { OPENAI_API_KEY: 'secret-1' } });
    expect(await main(ask('-m', 'openai/gpt-5@1/2', '--events'), events)).toBe(ExitCode.failed);
    expect(events.written.out).toContain('"cascade-fail"');
  });

  it('ends with 130 when interrupted, and closes the connection', async () => {
    stub.setAnswer(() => ({ fault: { type: 'hang' } }));
    const interruption = new AbortController();
    const io = testIo({ signal: interruption.signal });
    const running = main(ask('-m', 'local/m@0'), io);
    while (stub.active === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    interruption.abort();
    expect(await running).toBe(ExitCode.interrupted);
    expect(io.written.err).toBe('Interrupted.\n');
    await stub.requests[0]?.ended;
    expect(stub.requests[0]?.outcome).toBe('left');
  });
});
