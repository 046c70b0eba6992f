import { aloneInputs, askedInputs, besideInputs, areComparable, chanceOfAgreeing, agreement, draftView, logPrice, nameClass, predict, tokenInputs, type AcceptWeights, type BoostedTrees, type Heads } from '@cascadeflow/quality';
import { fitBoosting, generator, type BoostingOptions, type Table } from './boosting.ts';
import { isEveryday } from './everyday.ts';
import { fittedFeatures, isDear, isReasoning, weightsOf, type Example } from './examples.ts';
import { fitLogistic } from './logistic.ts';
import { toDraft, toModelInfo, type Question } from './recordings.ts';

/** How the trees of the accept model are grown; chosen by cross-validation, see decision 0031. */
export const boosting: BoostingOptions = { trees: 250, depth: 3, rate: 0.1, ridge: 10, leaf: 15, columns: 0.2, sample: 0.5, seed: 1 };

/** The last trees, which see the everyday requests too: coming last, they mend what recorded answers alone get wrong there and leave the rest as it is. */
export const lastTrees = 48;

/** Fits the trees on some examples; drafts that are vetoed never reach them, and of dear models every second answer is enough. */
export function fitTrees(examples: readonly Example[], options = boosting): BoostedTrees {
  const used = examples.filter((example, index) => !example.veto && (index % 2 === 0 || !isDear(example.model)));
  const first = fitBoosting(tableOf(used.filter((example) => !isEveryday(example.question))), options);
  const offset = Float64Array.from(used, (example) => predict(first, example.row));
  const last = fitBoosting(tableOf(used), { ...options, trees: lastTrees, seed: options.seed + 1, offset });
  return { base: first.base, trees: [...first.trees, ...last.trees] };
}

function tableOf(used: readonly Example[]): Table {
  const features = fittedFeatures.map((_, column) => Float64Array.from(used, (example) => example.row[column] as number));
  return { features, label: Float64Array.from(used, (example) => example.good), weight: weightsOf(used) };
}

/** Two drafts, or one, and the verifier's answer to one question. */
export interface Trial {
  readonly question: Question;
  readonly fold: number;
  readonly drafter: string;
  readonly other?: string;
  readonly verifier: string;
  /** 1 for the pairs and trios that are reported, 2 for random ones. */
  readonly weight: number;
}

const classColumn = fittedFeatures.indexOf('model-class');
const priceColumn = fittedFeatures.indexOf('model-price');

/** Log-odds of every example, by a model that has not seen its question; by question, model and role. */
export class Standings {
  readonly #examples = new Map<string, Example>();
  readonly #trees: readonly BoostedTrees[];
  /** Each trial is read once, though heads are fitted once per fold. */
  readonly #rows = new Map<Trial, HeadRow | undefined>();

  constructor(examples: readonly Example[], trees: readonly BoostedTrees[]) {
    this.#trees = trees;
    for (const example of examples) this.#examples.set(`${example.question.set} ${example.question.id} ${example.model}`, example);
  }

  example(question: Question, model: string): Example | undefined {
    return this.#examples.get(`${question.set} ${question.id} ${model}`);
  }

  /** What the heads see of a trial, and what came of it; `undefined` when a draft is missing or vetoed. */
  row(trial: Trial): HeadRow | undefined {
    if (!this.#rows.has(trial)) this.#rows.set(trial, headRow(this, trial));
    return this.#rows.get(trial);
  }

  /** Log-odds as the judge sees them: with the model's price, without it for an opinion, or as if another model had written the draft. */
  own(example: Example, as: 'draft' | 'opinion' | { readonly writtenBy: string }): number {
    const row = example.row.slice();
    if (as === 'opinion') row[priceColumn] = Number.NaN;
    else if (as !== 'draft') {
      row[classColumn] = nameClass(as.writtenBy) ?? Number.NaN;
      row[priceColumn] = logPrice(toModelInfo(as.writtenBy)) ?? Number.NaN;
    }
    return predict(this.#trees[example.fold] as BoostedTrees, row);
  }
}

interface HeadRow {
  readonly kind: 'alone' | 'agreed' | 'contradicted';
  readonly inputs: { readonly good: readonly number[]; readonly verifier: readonly number[] };
  readonly good: number;
  readonly verifierGood: number;
}

/** The inputs of the heads for one trial, and what came of it; `undefined` when a draft is missing or vetoed. */
function headRow(standings: Standings, trial: Trial): HeadRow | undefined {
  const { question, drafter, other, verifier } = trial;
  const example = standings.example(question, drafter);
  const answer = question.answers.get(drafter);
  const last = question.answers.get(verifier);
  if (!example || example.veto || !answer || !last) return undefined;
  const draft = { own: standings.own(example, 'draft'), ability: nameClass(drafter) ?? 0, logPrice: logPrice(toModelInfo(drafter)) };
  const next = { asIfWritten: standings.own(example, { writtenBy: verifier }), ability: nameClass(verifier) ?? 0, logPrice: logPrice(toModelInfo(verifier)), asked: askedInputs(fittedFeatures, example.row) };
  const outcome = { good: answer.good, verifierGood: last.good };
  if (other === undefined) return { kind: 'alone', inputs: aloneInputs(draft, next), ...outcome };
  const second = standings.example(question, other);
  const opinion = question.answers.get(other);
  if (!second || second.veto || !opinion) return undefined;
  const mine = toDraft(drafter, answer);
  const view = draftView(question.request, mine);
  if (!areComparable(view, draftView(question.request, toDraft(other, opinion)))) return undefined;
  const agrees = agreement(question.request, mine, toDraft(other, opinion)) >= 0.75;
  const beside = { own: standings.own(second, 'opinion'), ability: nameClass(other) ?? 0, logPrice: undefined };
  const inputs = besideInputs(draft, beside, chanceOfAgreeing(view), next);
  return { kind: agrees ? 'agreed' : 'contradicted', inputs, ...outcome };
}

/** Penalty of the head of answer tokens: the sets that have them are small. */
const tokenRidge = 30;

const truthColumn = fittedFeatures.indexOf('answer-truth');

/** The signal `answer-truth` of an example, `NaN` where it says nothing. */
export function truthOf(example: Example): number {
  return example.row[truthColumn] as number;
}

/** Fits the head that joins signals and answer token, on drafts that the trees behind the standings have not seen. */
export function fitTokens(standings: Standings, examples: readonly Example[]): readonly number[] {
  const used = examples.filter((example) => !example.veto && example.answerProbability !== undefined);
  const counts = new Map<string, number>();
  for (const { question } of used) counts.set(question.set, (counts.get(question.set) ?? 0) + 1);
  const inputs = used.map((example) => tokenInputs(standings.own(example, 'draft'), nameClass(example.model) ?? 0, example.answerProbability ?? 0.5, truthOf(example)));
  return fitLogistic(inputs, used.map((example) => example.good), used.map(({ question }) => 2000 / (counts.get(question.set) ?? 1)), tokenRidge);
}

/** How much each trial counts: every set as much as every other, random trials twice as much as the reported ones. */
function trialWeights(trials: readonly Trial[]): number[] {
  const key = (trial: Trial) => `${trial.question.set} ${trial.weight}`;
  const counts = new Map<string, number>();
  for (const trial of trials) counts.set(key(trial), (counts.get(key(trial)) ?? 0) + 1);
  return trials.map((trial) => (700 * trial.weight) / (counts.get(key(trial)) ?? 1));
}

/** Fits the heads on trials whose questions the trees behind their standings have not seen. */
export function fitHeads(standings: Standings, trials: readonly Trial[]): Pick<AcceptWeights, 'alone' | 'agreed' | 'contradicted'> {
  const weights = trialWeights(trials);
  const rows = trials.flatMap((trial, index) => {
    const row = standings.row(trial);
    return row ? [{ row, weight: weights[index] ?? 0 }] : [];
  });
  const fit = (kind: 'alone' | 'agreed' | 'contradicted'): Heads => {
    const used = rows.filter(({ row }) => row.kind === kind);
    const weight = used.map((entry) => entry.weight);
    return {
      good: fitLogistic(used.map(({ row }) => row.inputs.good), used.map(({ row }) => row.good), weight),
      verifier: fitLogistic(used.map(({ row }) => row.inputs.verifier), used.map(({ row }) => row.verifierGood), weight),
    };
  };
  return { alone: fit('alone'), agreed: fit('agreed'), contradicted: fit('contradicted') };
}

/** Reported pairs and trios, in both orders, and random ones of the same sets, so that the heads do not learn a handful of models by heart. */
export function makeTrials(questions: ReadonlyMap<Question, number>, reported: readonly (readonly [set: string, models: readonly string[]])[], random = generator(5)): Trial[] {
  const trials: Trial[] = [];
  for (const [question, fold] of questions) {
    if (isEveryday(question)) continue;
    const add = (drafter: string, other: string | undefined, verifier: string, weight: number) =>
      trials.push({ question, fold, drafter, verifier, weight, ...(other !== undefined && { other }) });
    for (const [set, models] of reported) {
      const [drafter, other, verifier] = models.length === 3 ? models : [models[0], undefined, models[1]];
      if (set !== question.set || !drafter || !verifier || models.some((model) => !question.answers.has(model))) continue;
      add(drafter, other, verifier, 1);
      if (other !== undefined) {
        add(other, drafter, verifier, 1);
        add(drafter, undefined, verifier, 1);
      }
    }
    const names = [...question.answers.keys()].filter((name) => toModelInfo(name).price && !isReasoning(name));
    const price = (name: string) => logPrice(toModelInfo(name)) ?? 0;
    for (let draw = 0; draw < 3; draw++) {
      const verifier = names[Math.floor(random() * names.length)];
      const cheap = names.filter((name) => verifier && price(name) < price(verifier) - 0.7);
      const drafter = cheap[Math.floor(random() * cheap.length)];
      const others = cheap.filter((name) => name !== drafter);
      const other = others[Math.floor(random() * others.length)];
      if (!verifier || !drafter) continue;
      add(drafter, undefined, verifier, 2);
      if (other) {
        add(drafter, other, verifier, 2);
        add(other, drafter, verifier, 2);
      }
    }
  }
  return trials;
}
