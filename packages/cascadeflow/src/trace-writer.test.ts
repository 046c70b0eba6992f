import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trace } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { repeatingModel } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTraceWriter } from './trace-writer.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traces-'));
  file = join(folder, 'deep', 'traces.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const traceOf = (runId: string) => ({ runId }) as unknown as Trace;
const idsOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1).map((line) => (JSON.parse(line) as Trace).runId);

describe('the trace writer', () => {
  it('writes one line per run of an agent, in the background', async () => {
    const writer = createTraceWriter(file);
    const agent = new CascadeAgent({ models: [{ name: 'm', model: repeatingModel(() => 'The capital of Australia is Canberra.'), cost: 1 }], trace: { write: writer.write } });
    const results = await Promise.all(Array.from({ length: 100 }, () => agent.run('What is the capital of Australia?')));
    await vi.waitFor(() => expect(writer.written).toBe(100), 10_000);
    await writer.close();
    expect(new Set(idsOf(file))).toEqual(new Set(results.map((result) => result.runId)));
    expect([writer.written, writer.dropped]).toEqual([100, 0]);
    expect(readFileSync(file, 'utf8')).not.toContain('Canberra');
  });

  it('takes a torn line away when it opens the file, and ends a whole one that has no end', async () => {
    for (const [tail, kept] of [['{"runId":"torn', []], ['{"runId":"whole"}', ['whole']], [`{"runId":"${'long'.repeat(40_000)}`, []]] as const) {
      const path = join(folder, 'torn.jsonl');
      writeFileSync(path, `{"runId":"a"}\n{"runId":"b"}\n${tail}`);
      const writer = createTraceWriter(path);
      writer.write(traceOf('c'));
      await writer.close();
      expect(idsOf(path)).toEqual(['a', 'b', ...kept, 'c']);
    }
  });

  it('survives being killed while it writes', async () => {
    const child = spawn(process.execPath, ['--conditions=@cascadeflow/source', join(import.meta.dirname, 'fixtures/write-and-die.ts'), file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const writer = createTraceWriter(file);
    writer.write(traceOf('after'));
    await writer.close();
    const ids = idsOf(file);
    expect(ids.length).toBeGreaterThan(50);
    expect([ids[0], ids.at(-1)]).toEqual(['0-0', 'after']);
  }, 30_000);

  it('begins a new file when one is full, and keeps as many as it is told', async () => {
    const writer = createTraceWriter(file, { maxBytes: 40, maxFiles: 2 });
    for (let run = 0; run < 10; run++) {
      writer.write(traceOf(`run-${run}`));
      await writer.flush();
    }
    await writer.close();
    expect([idsOf(file), idsOf(`${file}.1`), idsOf(`${file}.2`)]).toEqual([['run-8', 'run-9'], ['run-6', 'run-7'], ['run-4', 'run-5']]);
    expect(existsSync(`${file}.3`)).toBe(false);
  });

  it('drops and counts what a full queue has no room for, and says so once per burst', async () => {
    const failures: string[] = [];
    const writer = createTraceWriter(file, { maxQueued: 3, onFailure: (error) => failures.push(error.message) });
    for (let run = 0; run < 10; run++) writer.write(traceOf(String(run)));
    await writer.close();
    writer.write(traceOf('late'));
    expect([idsOf(file), writer.dropped, failures]).toEqual([['0', '1', '2'], 8, ['3 traces wait to be written; further ones are dropped', 'the trace writer is closed']]);
  });

  it('reports a disk that fails and goes on when it is mended', async () => {
    const failures: Error[] = [];
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, 'a file where a folder is needed');
    const writer = createTraceWriter(join(blocked, 'traces.jsonl'), { onFailure: (error) => failures.push(error) });
    writer.write(traceOf('lost'));
    await writer.flush();
    rmSync(blocked);
    writer.write(traceOf('kept'));
    await writer.close();
    expect([failures.length, writer.dropped, writer.written]).toEqual([1, 1, 1]);
    expect(idsOf(join(blocked, 'traces.jsonl'))).toEqual(['kept']);
  });

  it('refuses options that mean nothing', () => expect(() => createTraceWriter(file, { maxBytes: 0 })).toThrow('maxBytes'));
});
