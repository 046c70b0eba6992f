import { calibrateVerdict, type Draft, type Judge, type JudgeInput, type SignalInput, type Verdict } from '@cascadeflow/contract';
import { loadedWeights, loadWeights, type AcceptWeights } from '../accept/weights.ts';
import { builtinSignals } from '../signals/table.ts';
import { createAssessor, type Assessor } from './assess.ts';
import { decide } from './decide.ts';
import { listen, type Heard } from './listen.ts';
import { checkJudgeOptions, type JudgeOptions } from './options.ts';

/**
 * A judge that reads some ninety signals in a draft, turns them into a calibrated probability that the draft is good, and accepts it when that
 * reaches the bar of the target.
 *
 * The first verdict is a promise, while the fitted weights are read; later ones come at once, unless an embedder has to be asked.
 *
 * @throws InvalidOptionsError naming the option that cannot work.
 */
export function createJudge(options: JudgeOptions = {}): Judge {
  checkJudgeOptions(options, builtinSignals);
  const signals = options.signals ? [...builtinSignals, ...options.signals] : builtinSignals;
  const own = options.weights ?? {};
  /** Made at the first verdict, when the weights are there. */
  let assessDraft: Assessor | undefined;
  let assessOpinion: Assessor | undefined;

  function conclude(input: JudgeInput, weights: AcceptWeights): Verdict | Promise<Verdict> {
    const assessment = (assessDraft ??= createAssessor(signals, weights, own))(input);
    const opinions = (input.opinions ?? []).map((draft) => (assessOpinion ??= createAssessor(builtinSignals, weights, own))(withDraft(input, draft)));
    const finish = (heard: Heard): Verdict => {
      const verdict = decide(input, weights, assessment, opinions, heard, options.threshold);
      return options.calibration ? calibrateVerdict(options.calibration, input, verdict) : verdict;
    };
    const heard = listen(input, options.embedder, assessment);
    return heard instanceof Promise ? heard.then(finish) : finish(heard);
  }

  return (input) => {
    const weights = options.model ?? loadedWeights();
    return weights ? conclude(input, weights) : loadWeights().then((ready) => conclude(input, ready));
  };
}

/** The same question about another model's draft, whose facts are known by its name alone. */
function withDraft(input: JudgeInput, draft: Draft): SignalInput {
  return { request: input.request, draft, ...(input.route && { route: input.route }) };
}
