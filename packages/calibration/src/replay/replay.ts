import {
  type Calibration,
  CascadeError,
  type CascadeResult,
  InvalidOptionsError,
  type Judge,
  type JudgeInput,
  type Price,
  type ProgressFactory,
  type QualityTarget,
  type Router,
  type SecondOpinion,
  type Trace,
  type Verdict,
} from '@cascadeflow/contract';
import { costOf } from './price-of.ts';
import { recordedModel, type Tape } from './recorded-model.ts';
import { type CreateAgent, stillClock } from './replay-agent.ts';
import type { ReplayRow, ReplayVerdict } from './replay-row.ts';
import { rememberProgress, rememberRoutes, type ReplayMemory, rememberVerdicts } from './replay-memory.ts';
import { withCalibratedRoutes, withCalibration } from './with-calibration.ts';

/** What is replayed. */
export interface ReplayConfig {
  /** Builds the real engine: `(options) => new CascadeAgent(options)`. */
  readonly createAgent: CreateAgent;
  /** Names as recorded, cheapest first, the verifier last. */
  readonly models: readonly string[];
  readonly judge: Judge;
  readonly router?: Router;
  /** Watches drafts while they come. Default: the engine's own, which are then asked in every run anew. */
  readonly progress?: ProgressFactory;
  readonly calibration?: Calibration;
  /** USD per 1M tokens by model, instead of the recorded cost. */
  readonly prices?: Readonly<Record<string, Price>>;
  readonly quality?: QualityTarget;
  readonly secondOpinion?: SecondOpinion;
  /** Lets every run walk to the verifier, so that all verdicts are known: what thresholds are chosen from. Default false. */
  readonly probe?: boolean;
  /** Routes, verdicts and findings, kept from replay to replay; see {@link createReplayMemory}. */
  readonly memory?: ReplayMemory;
  readonly signal?: AbortSignal;
}

/**
 * Runs the real engine over recorded answers, one row a trace, in order. The same traces and the same configuration give the same rows, byte for
 * byte. What a judge learns is not carried from row to row, so a row does not depend on those before it.
 *
 * @throws {InvalidOptionsError} when no model is named or a trace has no request.
 */
export async function* replay(traces: Iterable<Trace> | AsyncIterable<Trace>, config: ReplayConfig): AsyncGenerator<ReplayRow> {
  const { models, prices = {}, quality, secondOpinion, createAgent, router, progress, memory } = config;
  const verifier = models.at(-1);
  if (verifier === undefined) throw new InvalidOptionsError('models', 'name at least one recorded model, the verifier last');
  const tape: Tape = { trace: undefined, unrecorded: new Set() };
  const heard: Heard[] = [];
  const agent = createAgent({
    models: models.map((name) => {
      const price = prices[name];
      return { name, model: recordedModel(name, tape, price), ...(price !== undefined && { cost: price }) };
    }),
    order: 'given',
    judge: listening(config, heard, tape),
    ...(router !== undefined && { router: routing(router, config, tape) }),
    ...(progress !== undefined && { progress: memory === undefined ? progress : rememberProgress(progress, memory, () => tape.trace?.runId ?? '') }),
    ...(quality !== undefined && { quality }),
    ...(secondOpinion !== undefined && { secondOpinion }),
    retries: 0,
    resilience: false,
    clock: stillClock,
  });
  try {
    for await (const trace of traces) {
      config.signal?.throwIfAborted();
      if (trace.request === undefined) throw new InvalidOptionsError(`trace ${trace.runId}`, 'has no request; record with prompts to replay');
      tape.trace = trace;
      tape.unrecorded.clear();
      heard.length = 0;
      const { messages, ...options } = trace.request;
      let ending: CascadeResult | CascadeError;
      try {
        ending = await agent.run(messages, options);
      } catch (error) {
        if (!CascadeError.is(error)) throw error;
        ending = error;
      }
      yield toRow(trace, ending, heard, [...tape.unrecorded], verifier, prices);
    }
  } finally {
    await agent.close?.();
  }
}

interface Heard {
  readonly input: JudgeInput;
  readonly verdict: Verdict;
}

function routing(router: Router, { calibration, memory }: ReplayConfig, tape: Tape): Router {
  const remembering = memory === undefined ? router : rememberRoutes(router, memory, () => tape.trace?.runId ?? '');
  return calibration === undefined ? remembering : withCalibratedRoutes(remembering, calibration);
}

/** The judge with an ear at its door; in a probe it turns everything down and asks for every opinion. */
function listening({ judge, calibration, memory, probe = false }: ReplayConfig, heard: Heard[], tape: Tape): Judge {
  const remembering = memory === undefined ? judge : rememberVerdicts(judge, memory, () => tape.trace?.runId ?? '');
  const inner = calibration === undefined ? remembering : withCalibration(remembering, calibration);
  const hear = (input: JudgeInput, verdict: Verdict): Verdict => {
    heard.push({ input, verdict });
    return probe ? { ...verdict, accept: false, wantsOpinion: input.canAskOpinion === true } : verdict;
  };
  return (input) => {
    const verdict = inner(input);
    return 'then' in verdict ? Promise.resolve(verdict).then((each) => hear(input, each)) : hear(input, verdict);
  };
}

function toRow(
  trace: Trace,
  ending: CascadeResult | CascadeError,
  heard: readonly Heard[],
  unrecorded: readonly string[],
  verifier: string,
  prices: Readonly<Record<string, Price>>,
): ReplayRow {
  const answerOf = (model: string) => trace.answers.find((answer) => answer.model === model);
  const qualityOf = (model: string) => answerOf(model)?.label?.score;
  const result = CascadeError.is(ending) ? undefined : ending;
  const calls = result?.attempts.map((attempt) => attempt.model) ?? [];
  const spentBy = (model: string) => spentUntil(result, model);
  const quality = result === undefined ? 0 : qualityOf(result.modelUsed);
  const verifierAnswer = answerOf(verifier);
  const verifierQuality = qualityOf(verifier);
  const verifierCost = verifierAnswer === undefined ? undefined : costOf(verifierAnswer, prices[verifier]);
  const cost = result === undefined ? undefined : spentUntil(result, undefined);
  const latencies = calls.map((model) => answerOf(model)?.latencyMs);
  const latencyMs = latencies.some((each) => each === undefined) ? undefined : latencies.reduce<number>((sum, each) => sum + (each ?? 0), 0);
  return {
    id: trace.runId,
    group: trace.requestHash,
    domain: result?.domain ?? trace.route?.domain.label ?? 'general',
    complexity: result?.complexity ?? trace.route?.complexity.label ?? 'unknown',
    ...(result !== undefined && { modelUsed: result.modelUsed }),
    accepted: result !== undefined && !calls.includes(verifier),
    degraded: result?.degraded ?? false,
    calls,
    // An engine may judge the verifier's answer, too, to say how good it is; nothing is decided by that.
    verdicts: heard.filter(({ input }) => input.draft.model !== verifier).map((each) => toReplayVerdict(each, qualityOf(each.input.draft.model), spentBy)),
    ...(quality !== undefined && { quality }),
    ...(cost !== undefined && { cost }),
    ...(verifierQuality !== undefined && { verifierQuality }),
    ...(verifierCost !== undefined && { verifierCost }),
    ...(latencyMs !== undefined && { latencyMs }),
    unrecorded,
    ...(CascadeError.is(ending) && { error: ending.message }),
  };
}

function toReplayVerdict({ input, verdict }: Heard, quality: number | undefined, spentBy: (model: string) => number | undefined): ReplayVerdict {
  const model = input.draft.model;
  const last = [input.draft, ...(input.opinions ?? [])].reduce((a, b) => (b.tier > a.tier ? b : a));
  const spent = spentBy(last.model);
  return {
    model,
    probability: verdict.probability,
    threshold: verdict.threshold,
    accept: verdict.accept,
    ...(verdict.veto !== undefined && { veto: verdict.veto }),
    opinions: (input.opinions?.length ?? 0) > 0,
    ...(verdict.agreement !== undefined && { agreement: verdict.agreement }),
    signals: verdict.signals,
    ...(quality !== undefined && { quality }),
    ...(spent !== undefined && { spent }),
  };
}

/** USD of the calls up to and including that of `model`, or of all; `undefined` when one of them has no price. */
function spentUntil(result: CascadeResult | undefined, model: string | undefined): number | undefined {
  let sum = 0;
  for (const attempt of result?.attempts ?? []) {
    if (attempt.cost === undefined) return undefined;
    sum += attempt.cost;
    if (attempt.model === model) break;
  }
  return sum;
}
