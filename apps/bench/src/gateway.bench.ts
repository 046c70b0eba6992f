/** What the gateway adds to a call, how many it answers, and how it compares with other gateways in the same run. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchContext, BenchOptions } from './bench.ts';
import { holdStreams, measureRate, type Subject } from './gateway/load.ts';
import { startLiteLLM, startPortkey } from './gateway/others.ts';
import { residentMB, type ServerProcess, startGateway, startScript } from '@cascadeflow/real/processes';
import { RawConnection, toRequestBytes } from './gateway/raw-client.ts';
import { percentile } from './statistics.ts';
import { timePair } from './timing.ts';

export const options: BenchOptions = {
  runs: { type: 'string', default: '2000' },
  seconds: { type: 'string', default: '4' },
  rounds: { type: 'string', default: '3' },
  connections: { type: 'string', default: '64' },
  streams: { type: 'string', default: '5000' },
  alone: { type: 'boolean', default: false },
};

const path = '/v1/chat/completions';
const ask = (model: string, more: object = {}) => ({ model, messages: [{ role: 'user', content: 'What is the capital of Australia?' }], ...more });

/** Bounds of the targets: milliseconds added, ratios of rates, megabytes. */
const bounds = { p50: 0.8, p99: 5, plainProxy: 0.5, portkey: 3, litellm: 20, streamsMB: 1024 } as const;

export async function bench({ report, flags }: BenchContext): Promise<void> {
  const count = (name: string) => Number(flags[name]);
  const servers: { close(): unknown }[] = [];
  const keep = <Server extends { close(): unknown }>(server: Server): Server => {
    servers.push(server);
    return server;
  };
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-bench-'));
  try {
    const upstream = keep(await startScript(join(import.meta.dirname, 'gateway/upstream.ts'), []));
    const plain = keep(await startScript(join(import.meta.dirname, 'gateway/plain-proxy.ts'), [upstream.url]));
    const started = performance.now();
    const gateway = keep(await startGateway(writeConfig(folder, upstream.url)));
    report.figure({ name: 'gateway from its sources: ready after', value: performance.now() - started, unit: 'ms' });

    const toSubject = (name: string, url: string, model: string): Subject => ({ name, url, request: toRequestBytes(url, path, ask(model)) });
    const direct = toSubject('direct call', upstream.url, 'small');
    const ours = [toSubject('pass-through', gateway.url, 'small'), toSubject('accepted draft', gateway.url, 'cascade')] as const;

    const subjects: Subject[] = [direct, toSubject('node:http proxy', plain.url, 'small'), ...ours];
    if (flags['alone'] !== true) {
      for (const start of [startPortkey, startLiteLLM]) {
        try {
          const other = keep(await start(upstream.url));
          subjects.push({ name: other.name, url: other.url, request: toRequestBytes(other.url, path, ask(other.model), other.headers) });
        } catch (error) {
          report.note(`skipped: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    const rates = await compareRates(report, subjects, count('rounds'), count('connections'), count('seconds'));
    const ratio = (first: string, second: string) => (rates.get(first) ?? Number.NaN) / (rates.get(second) ?? Number.NaN);
    report.target('pass-through: rate as a share of the node:http proxy', ratio('pass-through', 'node:http proxy'), { atLeast: bounds.plainProxy });
    if (rates.has('Portkey')) report.target('accepted draft: times the rate of Portkey', ratio('accepted draft', 'Portkey'), { atLeast: bounds.portkey });
    if (rates.has('LiteLLM')) report.target('accepted draft: times the rate of LiteLLM', ratio('accepted draft', 'LiteLLM'), { atLeast: bounds.litellm });
    // After the load: a gateway runs for days, and the compiler works on some of its code for ten thousand requests.
    for (const subject of ours) await compareLatency(report, subject, direct, count('runs'));
    await measureStreams(report, gateway, upstream, count('streams'));
  } finally {
    for (const server of servers.reverse()) await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two models at the stub; `quality: 0` accepts every draft. */
function writeConfig(folder: string, upstream: string): string {
  const file = join(folder, 'gateway.json');
  const model = (name: string, cost: object) => ({ name, provider: 'openai', cost });
  const models = [model('small', { input: 0.1, output: 0.4 }), model('held', { input: 0.2, output: 0.8 }), model('large', { input: 2, output: 8 })];
  const providers = { openai: { apiKey: 'upstream-key', baseURL: `${upstream}/v1` } };
  writeFileSync(file, JSON.stringify({ providers, cascades: { main: { models, quality: 0, order: 'given' } } }));
  return file;
}

async function compareLatency(report: BenchContext['report'], subject: Subject, direct: Subject, runs: number): Promise<void> {
  const [first, second] = await Promise.all([RawConnection.open(subject.url), RawConnection.open(direct.url)]);
  const send = (client: RawConnection, { name, request }: Subject) => async () => {
    const { status, text } = await client.ask(request);
    if (status !== 200 || !text.includes('Canberra')) throw new Error(`${name} answered ${text.slice(0, 400)}`);
  };
  const pair = await timePair(send(first, subject), send(second, direct), { runs, warmUp: runs });
  first.close();
  second.close();
  report.figure({ name: `${subject.name}: direct call, p50`, value: pair.second.p50, unit: 'ms', n: runs });
  report.figure({ name: `${subject.name}: through the gateway, p50`, value: pair.first.p50, unit: 'ms', n: runs });
  report.target(`${subject.name}: added p50`, pair.difference.p50, { atMost: bounds.p50 }, { unit: 'ms', n: runs, interval: pair.differenceInterval });
  report.target(`${subject.name}: added p99`, pair.difference.p99, { atMost: bounds.p99 }, { unit: 'ms', n: runs });
}

/** Every subject takes its turn in each round, so that a slow moment of the machine falls on all; the median of the rounds counts. */
async function compareRates(report: BenchContext['report'], subjects: readonly Subject[], rounds: number, connections: number, seconds: number): Promise<Map<string, number>> {
  const rates = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  for (const subject of subjects) await measureRate(subject, connections, Math.min(seconds, 2));
  for (let round = 0; round < rounds; round++) {
    for (const subject of subjects) rates.get(subject.name)?.push(await measureRate(subject, connections, seconds));
  }
  const medians = new Map([...rates].map(([name, values]) => [name, percentile(values, 0.5)]));
  for (const [name, value] of medians) report.figure({ name: `${name}: requests a second, ${connections} connections`, value: Math.round(value), n: rounds });
  return medians;
}

async function measureStreams(report: BenchContext['report'], gateway: ServerProcess, upstream: ServerProcess, streams: number): Promise<void> {
  const before = residentMB(gateway.pid);
  const subject = { name: 'streams', url: gateway.url, request: toRequestBytes(gateway.url, path, ask('held', { stream: true })) };
  const release = () => fetch(`${upstream.url}/release`, { method: 'POST' }).then((response) => response.text());
  const { open, finished, peakMB } = await holdStreams(subject, streams, release, () => residentMB(gateway.pid));
  report.figure({ name: 'memory before the streams', value: Math.round(before), unit: 'MB' });
  report.target(`memory with ${open} streams open`, Math.round(peakMB), { atMost: bounds.streamsMB }, { unit: 'MB' });
  report.target('streams that came to their end', finished, { atLeast: streams });
}
