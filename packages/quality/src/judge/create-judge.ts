import { calibrateVerdict, type Judge, type JudgeInput, type Verdict } from '@cascadeflow/contract';
import { loadedWeights, loadWeights, type AcceptWeights } from '../accept/weights.ts';
import { builtinSignals } from '../signals/table.ts';
import { assess } from './assess.ts';
import { decide } from './decide.ts';
import { listen } from './listen.ts';
import { checkJudgeOptions, type JudgeOptions } from './options.ts';

/**
 * A judge that reads some fifty signals in a draft, turns them into a calibrated probability that the draft is good, and accepts it when that
 * reaches the bar of the target.
 *
 * The first verdict is a promise, while the fitted weights are read; later ones come at once, unless an embedder has to be asked.
 *
 * @throws InvalidOptionsError naming the option that cannot work.
 */
export function createJudge(options: JudgeOptions = {}): Judge {
  checkJudgeOptions(options, builtinSignals);
  const signals = options.signals ? [...builtinSignals, ...options.signals] : builtinSignals;

  function conclude(input: JudgeInput, weights: AcceptWeights): Verdict | Promise<Verdict> {
    const assessment = assess(signals, weights, options.weights ?? {}, input);
    const heard = listen(input, options.embedder, assessment);
    const finish = (opinions: Awaited<typeof heard>): Verdict => {
      const verdict = decide(input, weights, assessment, opinions, options.threshold);
      return options.calibration ? calibrateVerdict(options.calibration, input, verdict) : verdict;
    };
    return heard instanceof Promise ? heard.then(finish) : finish(heard);
  }

  return (input) => {
    const weights = loadedWeights();
    return weights ? conclude(input, weights) : loadWeights().then((ready) => conclude(input, ready));
  };
}
