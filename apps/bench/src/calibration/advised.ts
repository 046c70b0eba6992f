import { advise, fitCalibration, groupedFolds, qualityKept, saved } from '@cascadeflow/calibration';
import type { Judge, Price, Trace } from '@cascadeflow/contract';
import type { Report } from '../report.ts';
import { loadTraces } from './load-traces.ts';
import { engine, rowsOf, sharedMemory } from './replay-set.ts';
import { nameOf, type RecordedSet } from './sets.ts';
import { outcomes } from './tuned.ts';

/** What advice on one half of a set was worth on the other, both ways. */
export interface AdvisedFigures {
  readonly kept: number;
  readonly saved: number;
  /** Cost beyond that of the cheapest single model that is at least as good on the same rows, as a share; negative is cheaper. The worse of both halves. */
  readonly excess: number;
}

/** Fewer questions than this cannot be halved and advised on. */
const smallest = 200;

const points = (value: number) => (100 * value).toFixed(1).padStart(6);

/** Asks for advice on half the questions, with every recorded model to choose from, and measures the recommended policy on the other half; then the other way round. */
export async function measureAdvice(data: string, { set, models }: RecordedSet, prices: Readonly<Record<string, Price>>, report: Report): Promise<AdvisedFigures | undefined> {
  const reference = models.at(-1) ?? '';
  const traces = loadTraces(data, set).filter((trace) => trace.answers.some((answer) => answer.model === reference));
  if (traces.length < smallest) {
    report.note(`${nameOf({ set, models })}: ${traces.length} questions are too few to halve and advise on`);
    return undefined;
  }
  const halves: AdvisedFigures[] = [];
  for (const { train, test } of groupedFolds(traces, (trace) => trace.requestHash, 2, 1)) halves.push(await measureHalf(train, test, { set, reference, prices, report }));
  const mean = (key: keyof AdvisedFigures) => halves.reduce((sum, half) => sum + half[key], 0) / halves.length;
  return { kept: mean('kept'), saved: mean('saved'), excess: Math.max(...halves.map((half) => half.excess)) };
}

interface Half {
  readonly set: string;
  readonly reference: string;
  readonly prices: Readonly<Record<string, Price>>;
  readonly report: Report;
}

async function measureHalf(train: readonly Trace[], test: readonly Trace[], { set, reference, prices, report }: Half): Promise<AdvisedFigures> {
  const memory = sharedMemory;
  const advice = await advise(train, { ...engine, prices, reference, memory });
  const chosen = advice.recommendation.models;
  const able = (list: readonly Trace[]) => list.filter((trace) => [...chosen, reference].every((model) => trace.answers.some((answer) => answer.model === model)));
  const judged = able(test);
  const calibration =
    chosen.length === 1
      ? undefined
      : await fitCalibration(await rowsOf(able(train), { models: chosen, prices, probe: true, memory }), able(train), {
          models: chosen,
          keep: { balanced: 1 },
          ...advice.care,
          reference: meanOf(able(train), reference, prices).quality,
        });
  const rows = await rowsOf(judged, { models: chosen, prices, memory, ...(calibration !== undefined && { calibration }) });
  const base = meanOf(judged, reference, prices);
  const measured = outcomes(rows).map((outcome) => ({ ...outcome, verifierQuality: base.quality, verifierCost: base.cost }));
  const cost = measured.reduce((sum, outcome) => sum + outcome.cost, 0) / measured.length;
  const quality = measured.reduce((sum, outcome) => sum + outcome.quality, 0) / measured.length;
  const names = new Set(judged.flatMap((trace) => trace.answers.map((answer) => answer.model)));
  const singles = [...names].map((model) => ({ model, ...meanOf(judged, model, prices) })).filter((each) => each.quality >= quality && Number.isFinite(each.cost));
  const rival = singles.sort((a, b) => a.cost - b.cost)[0];
  const excess = rival === undefined ? -1 : cost / rival.cost - 1;
  report.note(`${set} with ${reference}: ${advice.kind}, ${chosen.join(' > ')}${calibration?.asJudged ? ' as judged' : ''}: kept ${points(qualityKept(measured))} saved ${points(saved(measured))}, predicted ${points(advice.recommendation.saved.value)}; cheapest as good alone: ${rival?.model ?? 'none'} ${points(excess)}`);
  return { kept: qualityKept(measured), saved: saved(measured), excess };
}

/** Mean quality and cost of one model over the traces that have its answer; NaN quality when fewer than nine in ten have. */
function meanOf(traces: readonly Trace[], model: string, prices: Readonly<Record<string, Price>>): { readonly quality: number; readonly cost: number } {
  const price = prices[model];
  const answers = traces.flatMap((trace) => trace.answers.filter((answer) => answer.model === model));
  if (price === undefined || answers.length < 0.9 * traces.length) return { quality: Number.NaN, cost: Number.NaN };
  const quality = answers.reduce((sum, answer) => sum + (answer.label?.score ?? 0), 0) / answers.length;
  const cost = answers.reduce((sum, { usage }) => sum + ((usage?.input ?? 0) * price.input + (usage?.output ?? 0) * price.output) / 1e6, 0) / answers.length;
  return { quality, cost };
}

/** A judge that knows nothing: its probability is a hash of the draft. */
const ignorant: Judge = ({ draft }) => {
  let hash = 7;
  for (let index = 0; index < draft.content.length; index++) hash = (Math.imul(hash, 31) + draft.content.charCodeAt(index)) >>> 0;
  const probability = (hash % 1000) / 1000;
  return { accept: probability >= 0.5, probability, threshold: 0.5, signals: [], reason: 'guessed' };
};

/** Whether the adviser says not to cascade a real pair at a price ratio of 1 to 2 with a judge that knows nothing. */
export async function refusesIgnorance(data: string, { set, models }: RecordedSet): Promise<boolean> {
  const [cheap = '', dear = ''] = models;
  const prices = { [cheap]: { input: 1, output: 1 }, [dear]: { input: 2, output: 2 } };
  const advice = await advise(loadTraces(data, set), { ...engine, judge: ignorant, models, prices, reference: dear });
  return advice.kind !== 'cascade';
}
