/** Calibration: what tuning, guarantees and advice are worth on questions they have not seen, and how fast replay is. */
import { certify, renderReport, toReportData } from '@cascadeflow/calibration';
import type { BenchContext, BenchOptions } from './bench.ts';
import { measureAdvice, refusesIgnorance } from './calibration/advised.ts';
import { brokenBound, hopefulPairs, hopelessPairs, measureGuarantee } from './calibration/guarantee.ts';
import { loadPrices, loadTraces } from './calibration/load-traces.ts';
import { openPage } from './calibration/page.ts';
import { rowsOf, sharedMemory } from './calibration/replay-set.ts';
import { nameOf, pairs, trios } from './calibration/sets.ts';
import { measureReading, measureReplay } from './calibration/throughput.ts';
import { measureTuned, type TunedFigures } from './calibration/tuned.ts';
import { mean } from './statistics.ts';

/** `--only` runs some parts: replay, tuned, guarantee, advice, reading, page. */
export const options = { only: { type: 'string' } } satisfies BenchOptions;

const parts: Readonly<Record<string, (context: BenchContext) => Promise<void>>> = { replay: replaySpeed, tuned, guarantee, advice, reading, page };

export async function bench(context: BenchContext): Promise<void> {
  const only = typeof context.flags['only'] === 'string' ? context.flags['only'].split(',') : Object.keys(parts);
  context.report.note('List prices of the recordings\' time (prices.json); tokens by length where none were recorded.');
  for (const name of only) {
    const part = parts[name];
    if (part === undefined) throw new Error(`--only ${name}: there are ${Object.keys(parts).join(', ')}`);
    context.report.note(`\n${name}`);
    await part(context);
  }
}

async function tuned({ data, report }: BenchContext): Promise<void> {
  const prices = loadPrices(data);
  const figures: TunedFigures[] = [];
  for (const set of [...pairs, ...trios]) {
    const measured = await measureTuned(data, set, prices, report);
    if (measured !== undefined) figures.push(measured);
  }
  const of = (key: keyof TunedFigures) => 100 * mean(figures.map((each) => each[key]));
  report.figure({ name: 'defaults: quality kept, mean', value: of('defaultKept'), unit: '%', n: figures.length });
  report.figure({ name: 'defaults: saved, mean', value: of('defaultSaved'), unit: '%', n: figures.length });
  report.figure({ name: 'same models, tuned: quality kept, mean', value: of('kept'), unit: '%', n: figures.length });
  report.figure({ name: 'same models, tuned: saved, mean', value: of('saved'), unit: '%', n: figures.length });
  const close = figures.filter((each) => Math.abs(each.predictedSaved - each.saved) <= 0.03).length;
  report.target('sets with predicted saving within 3 points of realised', (100 * close) / figures.length, { atLeast: 90 }, { unit: '%', n: figures.length });
}

async function guarantee({ data, report }: BenchContext): Promise<void> {
  const prices = loadPrices(data);
  let worst = 0;
  for (const set of pairs) worst = Math.max(worst, (await measureGuarantee(data, set, prices, report)).worst);
  report.target('promises broken, worst set, n = 200 and 500', 100 * worst, { atMost: 100 * brokenBound }, { unit: '%', n: 1000 });
  const hopeless = certify(hopelessPairs(1000), { maxQualityLoss: 0.02 });
  report.note(`hopeless pair: ${hopeless.feasible ? 'certified' : hopeless.reason}`);
  report.target('a hopeless pair is infeasible', hopeless.feasible ? 0 : 1, { atLeast: 1 });
  const started = performance.now();
  certify(hopefulPairs(1000), { maxQualityLoss: 0.05 });
  report.target('certify n = 1,000', performance.now() - started, { atMost: 1000 }, { unit: 'ms' });
}

async function advice({ data, report }: BenchContext): Promise<void> {
  const prices = loadPrices(data);
  const excesses: number[] = [];
  const kept: number[] = [];
  const spared: number[] = [];
  const untuned: number[] = [];
  const seen = new Map<string, Awaited<ReturnType<typeof measureAdvice>>>();
  for (const recorded of [...pairs, ...trios]) {
    const key = `${recorded.set} ${recorded.models.at(-1)}`;
    const measured = seen.has(key) ? seen.get(key) : await measureAdvice(data, recorded, prices, report);
    seen.set(key, measured);
    if (measured === undefined) continue;
    excesses.push(measured.excess);
    kept.push(measured.kept);
    spared.push(measured.saved);
    untuned.push(await defaultSaving(data, recorded, prices));
  }
  report.figure({ name: 'advised: saved, mean', value: 100 * mean(spared), unit: '%', n: spared.length });
  report.figure({ name: 'defaults on the same sets: saved, mean', value: 100 * mean(untuned), unit: '%', n: untuned.length });
  report.target('advised policies: quality kept, mean', 100 * mean(kept), { atLeast: 100 }, { unit: '%', n: kept.length });
  report.target('advised policies: saved beyond the defaults', 100 * (mean(spared) - mean(untuned)), { atLeast: 5 }, { unit: '%', n: spared.length });
  report.target('advised beyond the better single model, worst set', 100 * Math.max(...excesses), { atMost: 2 }, { unit: '%', n: excesses.length });
  const [first] = pairs;
  report.target('no cascade at 1 to 2 with a judge that knows nothing', first !== undefined && (await refusesIgnorance(data, first)) ? 1 : 0, { atLeast: 1 });
}

async function defaultSaving(data: string, { set, models }: (typeof pairs)[number], prices: ReturnType<typeof loadPrices>): Promise<number> {
  const traces = loadTraces(data, set).filter((trace) => models.every((model) => trace.answers.some((answer) => answer.model === model)));
  let [cost, verifier] = [0, 0];
  for (const row of await rowsOf(traces, { models, prices, memory: sharedMemory })) [cost, verifier] = [cost + (row.cost ?? 0), verifier + (row.verifierCost ?? 0)];
  return 1 - cost / verifier;
}

async function replaySpeed({ data, report }: BenchContext): Promise<void> {
  const { set, models } = pairs[1] ?? { set: '', models: [] };
  const traces = loadTraces(data, set);
  const prices = loadPrices(data);
  const first = await measureReplay(traces, models, prices, 10_000);
  const second = await measureReplay(traces, models, prices, 10_000);
  report.note(`${nameOf({ set, models })}: 10,000 runs over ${traces.length} questions; each verdict is reached once and remembered`);
  report.target('replay', Math.max(first.perSecond, second.perSecond), { atLeast: 5000 }, { unit: 'runs/s', n: 10_000 });
  report.target('two replays alike to the byte', first.hash === second.hash ? 1 : 0, { atLeast: 1 });
}

async function reading({ data, report }: BenchContext): Promise<void> {
  const traces = loadTraces(data, 'zeroeval_gsm');
  const small = await measureReading(traces, 100 * 2 ** 20);
  const large = await measureReading(traces, 2 ** 30);
  report.figure({ name: 'reading 1 GB', value: large.mbPerSecond, unit: 'MB/s', n: large.lines });
  report.figure({ name: 'memory above the start, 100 MB file', value: small.peakMb, unit: 'MB' });
  report.target('memory above the start, 1 GB file', large.peakMb, { atMost: 150 }, { unit: 'MB' });
}

async function page({ data, report }: BenchContext): Promise<void> {
  const { set, models } = pairs[4] ?? { set: '', models: [] };
  const prices = loadPrices(data);
  const traces = loadTraces(data, set).slice(0, 300);
  const config = { models, prices };
  const html = renderReport(toReportData(traces, await rowsOf(traces, config), await rowsOf(traces, { ...config, probe: true }), models));
  const findings = await openPage(html);
  if (findings === undefined) return report.note('no Chromium is installed: the page was not opened');
  for (const { width, complaints, requests, marks, overflow } of findings) {
    report.target(`page at ${width} px: complaints of the console`, complaints.length, { atMost: 0 });
    report.target(`page at ${width} px: requests that leave it`, requests.length, { atMost: 0 });
    report.target(`page at ${width} px: charts drawn`, marks.filter((count) => count > 0).length, { atLeast: 3 });
    report.target(`page at ${width} px: pixels too wide`, overflow, { atMost: 0 });
  }
}
