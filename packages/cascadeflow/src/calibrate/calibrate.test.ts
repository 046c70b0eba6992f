import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCalibration } from '@cascadeflow/contract';
import { startStub, type Stub } from '@cascadeflow/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ExitCode } from '../command-line/exit-code.ts';
import { testIo } from '../command-line/io-doubles.ts';
import { main } from '../command-line/main.ts';

/** Questions with one number for an answer; the small model is wrong on some, and then says so in a muddle. */
const questions = Array.from({ length: 160 }, (_, index) => ({ prompt: `What is ${index + 11} plus ${index * 3 + 7}?`, gold: String(index + 11 + index * 3 + 7) }));

function answerOf(model: string, prompt: string): string {
  if (model === 'judge') return 'T';
  const found = questions.find((question) => prompt.includes(question.prompt));
  if (found === undefined) return 'I do not know.';
  if (model === 'large') return `The sum is ${found.gold}. The answer is ${found.gold}.`;
  const number = Number(found.gold);
  return number % 4 === 0 ? `Hmm, maybe ${number + 3}? I am not sure, I cannot say.` : `The answer is ${number}.`;
}

let folder: string;
let stub: Stub;
let traces: string;
const file = (name: string) => join(folder, name);
const command = async (...argv: readonly string[]) => {
  const io = testIo();
  return { code: await main(argv, io), ...io.written };
};
const models = () => ['-m', 'local/small@0.1', '-m', 'local/large@2', '--base-url', `local=${stub.baseURL}`];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cascadeflow-calibrate-'));
  stub = await startStub({
    answer: (request) => {
      const body = request.body as { readonly model: string; readonly messages: readonly { readonly content: string }[] };
      return answerOf(body.model, body.messages.at(-1)?.content ?? '');
    },
  });
  writeFileSync(file('questions.jsonl'), questions.map((question) => JSON.stringify(question)).join('\n'));
  traces = file('traces.jsonl');
  const recorded = await command('record', '-p', file('questions.jsonl'), '-o', traces, ...models(), '--json');
  expect(recorded.err).toBe('');
  expect(JSON.parse(recorded.out)).toMatchObject({ recorded: 160, skipped: 0, failed: 0 });
}, 60_000);

afterAll(async () => {
  await stub.close();
  rmSync(folder, { recursive: true });
});

describe('record', () => {
  it('goes on where it stopped, even in the middle of a line, and asks nothing twice', async () => {
    const whole = readFileSync(traces, 'utf8');
    const torn = file('torn.jsonl');
    writeFileSync(torn, whole.slice(0, whole.length - 40));
    const before = stub.requests.length;
    const again = await command('record', '-p', file('questions.jsonl'), '-o', torn, ...models(), '--json');
    expect(JSON.parse(again.out)).toMatchObject({ recorded: 1, skipped: 159 });
    expect(stub.requests.length - before).toBe(2);
    expect(readFileSync(torn, 'utf8').trim().split('\n')).toHaveLength(160);
  });

  it('tells of a model that fails and leaves the question for the next time', async () => {
    writeFileSync(file('one.txt'), 'What is new?\n');
    const failed = await command('record', '-p', file('one.txt'), '-o', file('one.jsonl'), '-m', 'local/small', '-m', 'nobody/large', '--base-url', `local=${stub.baseURL}`, '--base-url', 'nobody=http://127.0.0.1:9');
    expect(failed.code).toBe(ExitCode.failed);
    expect(failed.err).toContain('large:');
    expect(failed.out).toContain('0 questions recorded, 0 were there already, 1 not recorded because a model failed');
    expect(readFileSync(file('one.jsonl'), 'utf8')).toBe('');
  }, 60_000);

  it('has questions without a gold answer judged blindly, within a budget', async () => {
    writeFileSync(file('bare.txt'), questions.slice(0, 6).map((question) => question.prompt).join('\n'));
    const judged = await command('record', '-p', file('bare.txt'), '-o', file('judged.jsonl'), ...models(), '--judge', 'local/judge@1', '--judge-calls', '8', '--json');
    expect(JSON.parse(judged.out)).toMatchObject({ recorded: 6, labels: { calls: 8, compared: 4, skipped: 2 } });
    const labels = readFileSync(file('judged.jsonl'), 'utf8').trim().split('\n').flatMap((line) => (JSON.parse(line) as { answers: { label?: { source: string } }[] }).answers.map((answer) => answer.label?.source));
    expect(labels.filter((source) => source === 'pairwise-judge')).toHaveLength(8);
  });

  it('serves an application and records beside it, asking the served model once', async () => {
    const stop = new AbortController();
    const io = testIo({ signal: stop.signal });
    const live = file('live.jsonl');
    const work = main(['record', '--listen', '0', '-o', live, ...models()], io);
    for (let wait = 0; !io.written.err.includes('http') && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 10));
    const address = /http:\S+(?=,)/.exec(io.written.err)?.[0];
    const before = stub.requests.length;
    const ask = (stream: boolean, content: string) =>
      fetch(`${address}/chat/completions`, { method: 'POST', body: JSON.stringify({ model: 'any', stream, messages: [{ role: 'user', content }] }) });
    const plain = (await (await ask(false, questions[0]?.prompt ?? '')).json()) as { choices: { message: { content: string } }[] };
    expect(plain.choices[0]?.message.content).toContain('The answer is 18.');
    const streamed = await (await ask(true, questions[1]?.prompt ?? '')).text();
    expect(streamed).toContain('data: [DONE]');
    expect((await fetch(`${address}/models`)).status).toBe(404);
    for (let wait = 0; stub.requests.length - before < 4 && wait < 200; wait++) await new Promise((resolve) => setTimeout(resolve, 10));
    await new Promise((resolve) => setTimeout(resolve, 50));
    stop.abort();
    expect(await work).toBe(ExitCode.interrupted);
    const lines = readFileSync(live, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { mode: string; answers: { model: string }[] });
    expect(lines.map((line) => line.answers.map((answer) => answer.model))).toEqual([['small', 'large'], ['small', 'large']]);
    expect(lines[0]?.mode).toBe('observe');
    expect(stub.requests.length - before).toBe(4);
  });
});

describe('what is made of recorded answers', { timeout: 60_000 }, () => {
  it('replays the real engine over them, twice alike, and goes on from a file of rows', async () => {
    const rows = file('rows.jsonl');
    const once = await command('replay', traces, '-q', '0.5', '--json', '-o', rows);
    const summary = JSON.parse(once.out) as { rows: number; saved: { value: number }; qualityKept: { value: number } };
    expect(summary.rows).toBe(160);
    expect(summary.saved.value).toBeGreaterThan(0.3);
    const twice = await command('replay', traces, '-q', '0.5', '--json', '-o', rows);
    expect(twice.err).toContain('going on after 160 rows');
    expect(JSON.parse(twice.out)).toEqual(summary);
    expect((await command('replay', traces)).out).toContain('quality kept');
  });

  it('fits a calibration that loads and changes a replay', async () => {
    const fitted = await command('fit', traces, '-o', file('calibration.json'));
    expect(fitted.code).toBe(ExitCode.ok);
    expect(fitted.out).toContain('fitted on 160 questions for small > large');
    const calibration = parseCalibration(JSON.parse(readFileSync(file('calibration.json'), 'utf8')));
    expect(calibration.data.labels).toEqual({ gold: 320 });
    const replayed = await command('replay', traces, '--calibration', file('calibration.json'), '--json');
    expect((JSON.parse(replayed.out) as { qualityKept: { value: number } }).qualityKept.value).toBeGreaterThan(0.95);
    const vouched = await command('certify', traces, '--calibration', file('calibration.json'));
    expect(vouched).toMatchObject({ code: ExitCode.usage, err: expect.stringContaining('fitted on these very traces') });
  });

  it('certifies, or says why not and exits 1', async () => {
    const lenient = await command('certify', traces, '--max-quality-loss', '0.2', '--json');
    expect(lenient.code).toBe((JSON.parse(lenient.out) as { feasible: boolean }).feasible ? ExitCode.ok : ExitCode.failed);
    const strict = await command('certify', traces, '--max-quality-loss', '0.001');
    expect(strict.code).toBe(ExitCode.failed);
    expect(strict.out).toMatch(/^INFEASIBLE: .*\n {2}about \d+ questions would be needed/);
  });

  it('advises', async () => {
    const { code, out } = await command('advise', traces, '--reference', 'large', '-o', file('advised.json'));
    expect(code).toBe(ExitCode.ok);
    expect(out).toMatch(/^(CASCADE|NO CASCADE): /);
    expect(out).toContain('What no other policy beats');
  }, 60_000);

  it('writes the page', async () => {
    const { code, out } = await command('report', traces, '-o', file('report.html'), '--title', 'Our sums');
    expect(code).toBe(ExitCode.ok);
    expect(out).toContain('report.html');
    expect(readFileSync(file('report.html'), 'utf8')).toContain('<h1>Our sums</h1>');
  });

  it('uses the good lines of a damaged file and says how many it left out', async () => {
    const damaged = file('damaged.jsonl');
    writeFileSync(damaged, `${readFileSync(traces, 'utf8')}{"version":9,"runId":"x"}\n{"torn`);
    const { code, err } = await command('replay', damaged);
    expect(code).toBe(ExitCode.ok);
    expect(err).toContain('damaged.jsonl:161 version: is 9');
    expect(err).toContain('damaged.jsonl:162 is cut off');
    expect(err).toContain('2 lines were left out, 160 are used');
  });

  it('takes labels from votes and from the verifier', async () => {
    const bare = file('bare.jsonl');
    const unlabelled = readFileSync(traces, 'utf8').trim().split('\n').map((line) => {
      const trace = JSON.parse(line) as { answers: { label?: unknown }[] };
      return JSON.stringify({ ...trace, answers: trace.answers.map(({ label: _, ...answer }) => answer) });
    });
    writeFileSync(bare, unlabelled.join('\n'));
    expect((await command('replay', bare)).out).toContain('160: an answer has no label; try --label-by-verifier');
    const labelled = await command('replay', bare, '--label-by-verifier', '--json');
    expect(JSON.parse(labelled.out)).toMatchObject({ rows: 160, verifierQuality: 1 });
    writeFileSync(file('votes.jsonl'), '{"runId":"a","vote":"sideways"}\n');
    expect(await command('replay', bare, '--votes', file('votes.jsonl'))).toMatchObject({ code: ExitCode.usage, err: expect.stringContaining('votes.jsonl:1: must be') });
  });

  it.each([
    [['replay', 'nowhere.jsonl'], /cannot read nowhere.jsonl/],
    [['replay', 'TRACES', '-m', 'small,huge'], /there are no usable traces|has no answer of huge/],
    [['fit', 'TRACES'], /required option '-o, --out <file>'/],
    [['certify', 'TRACES', '--confidence', '95'], /must be a number above 0.5/],
    [['replay', 'TRACES', '--price', 'small'], /must be model=price/],
    [['replay', 'TRACES', '--calibration', 'TRACES'], /--calibration .*traces.jsonl/],
    [['record', '-o', 'x.jsonl', '-m', 'openai/a'], /either --prompts/],
  ] as const)('refuses %j', async (argv, message) => {
    const { code, err } = await command(...argv.map((argument) => (argument === 'TRACES' ? traces : argument)));
    expect([ExitCode.usage, ExitCode.failed]).toContain(code);
    expect(err).toMatch(message);
  });
});

