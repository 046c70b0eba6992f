import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startStub } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';
import { ollamaAddress, ollamaModels } from '../demo/ollama.ts';
import type { Totals } from '../demo/outcome.ts';
import { demoQuestions } from '../demo/questions/all.ts';

/** Nobody listens there, so that an Ollama on the machine does not change the test. */
const alone = { OLLAMA_HOST: '127.0.0.1:9' };

interface DemoJson {
  readonly simulated: boolean;
  readonly questions: readonly {
    readonly labels: { readonly draft: string; readonly domain: string };
    readonly answer: string;
    readonly answerIsRight: boolean;
    readonly result: { readonly draftAccepted: boolean; readonly modelUsed: string; readonly totalCost: number; readonly baselineCost: number; readonly degraded: boolean };
  }[];
  readonly totals: Totals;
}

// The first call loads every provider and an SDK, which takes its time on a busy machine.
describe('cascadeflow demo', { timeout: 30_000 }, () => {
  it('answers every question, and its sums are those of its rows', async () => {
    const io = testIo({ env: alone });
    expect(await main(['demo', '--json', '--concurrency', '16'], io)).toBe(ExitCode.ok);
    expect(io.written.err).toContain('The models are simulated');
    const { simulated, questions, totals } = JSON.parse(io.written.out) as DemoJson;
    expect(simulated).toBe(true);
    expect(questions).toHaveLength(demoQuestions.length);
    for (const question of questions) expect(question.answer).not.toBe('');
    const sum = (pick: (row: DemoJson['questions'][number]) => number): number => questions.reduce((total, row) => total + pick(row), 0);
    expect(totals.totalCost).toBeCloseTo(sum(({ result }) => result.totalCost), 12);
    expect(totals.baselineCost).toBeCloseTo(sum(({ result }) => result.baselineCost), 12);
    expect(totals.accepted).toBe(sum(({ result }) => Number(result.draftAccepted)));
    expect(totals.accepted + totals.escalated + totals.direct).toBe(questions.length);
    expect(totals.wrongAccepted).toBe(sum(({ answerIsRight, result }) => Number(!answerIsRight && result.draftAccepted)));
    // What is broken in form is never let through, whatever the judge thinks of the rest.
    const broken = questions.filter(({ labels }) => ['refused', 'truncated', 'failed'].includes(labels.draft) || (labels.draft === 'wrong-form' && labels.domain === 'structured'));
    expect(broken.filter(({ result }) => result.modelUsed === 'simulated-small')).toEqual([]);
    expect(broken.length).toBeGreaterThan(5);
  });

  it('shows a table that fits the terminal, and a line of progress', async () => {
    const io = testIo({ env: alone, terminal: true, columns: 110 });
    expect(await main(['demo', '--questions', '5'], io)).toBe(ExitCode.ok);
    const lines = io.written.out.split('\n');
    expect(lines.find((line) => line.includes('answered by'))).toMatch(/# +question +route +draft +answered by +cost +time/);
    expect(io.written.out).toContain('What is the capital of');
    expect(io.written.out).toMatch(/Saved +-?\d+%/);
    expect(io.written.out).toMatch(/Wrong let through +\d of \d accepted; of the first drafts \d were wrong, as we wrote them/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
    expect(io.written.err).toContain('5 of 5 answered');
  });

  it('asks real models when there is a key, and says so', async () => {
    const stub = await startStub({ apiKey: 'k', answer: () => 'The capital of Australia is Canberra.' });
    const io = testIo({ env: { OPENAI_API_KEY: 'k' } });
    expect(await main(['demo', '-n', '1', '--json', '--base-url', stub.baseURL], io)).toBe(ExitCode.ok);
    expect(io.written.err).toMatch(/^Asking real models with OPENAI_API_KEY: openai\/gpt-4o-mini, openai\/gpt-5\. This costs/);
    const { simulated, questions } = JSON.parse(io.written.out) as DemoJson;
    expect(simulated).toBe(false);
    expect(questions[0]).toMatchObject({ answerIsRight: true, draftWasRight: true });
    expect(stub.requests[0]?.body).toMatchObject({ model: 'gpt-4o-mini' });
    await stub.close();
  });

  it('fails with 1 when a question has no answer, and says which', async () => {
    const stub = await startStub({ answer: () => ({ fault: { type: 'status', status: 400 } }) });
    const io = testIo();
    expect(await main(['demo', '-n', '1', '-m', 'local/a@0', '-m', 'local/b@1', '--base-url', stub.baseURL], io)).toBe(ExitCode.failed);
    expect(io.written.out).toMatch(/failed +AllModelsFailedError/);
    expect(io.written.err).toContain('failed: What is the capital of Australia?');
    await stub.close();
  });

  it('stops when interrupted', async () => {
    const interruption = new AbortController();
    const io = testIo({ env: alone, signal: interruption.signal });
    setTimeout(() => interruption.abort(), 100);
    expect(await main(['demo'], io)).toBe(ExitCode.interrupted);
    expect(io.written.out).toBe('');
  });
});

describe('Ollama', () => {
  it('is looked for on loopback alone', () => {
    expect(ollamaAddress({})).toBe('http://127.0.0.1:11434');
    expect(ollamaAddress({ OLLAMA_HOST: 'localhost:1234' })).toBe('http://localhost:1234');
    expect(ollamaAddress({ OLLAMA_HOST: 'http://[::1]:80/' })).toBe('http://[::1]:80');
    expect(ollamaAddress({ OLLAMA_HOST: 'gpu.example.com:11434' })).toBe('http://127.0.0.1:11434');
    expect(ollamaAddress({ OLLAMA_HOST: '127.0.0.1.example.com' })).toBe('http://127.0.0.1:11434');
  });

  it('gives its smallest and its largest model', async () => {
    const models = [{ name: 'mid', size: 5 }, { name: 'large', size: 9 }, { name: 'small', size: 2 }, { name: 'nomic-embed-text', size: 1 }];
    const server = createServer((request, response) => response.end(request.url === '/api/tags' ? JSON.stringify({ models }) : 'no'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { signal } = new AbortController();
    expect(await ollamaModels(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, signal)).toEqual(['small', 'large']);
    server.close();
    server.closeAllConnections();
    expect(await ollamaModels('http://127.0.0.1:9', signal)).toEqual([]);
  });
});
