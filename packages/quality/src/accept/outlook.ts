/** What is known of a draft, in log-odds. */
export interface DraftStanding {
  /** Log-odds of the draft by its own signals. */
  readonly own: number;
  /** Ability that the model's name suggests. */
  readonly ability: number;
  readonly logPrice: number | undefined;
}

/** What is known of the model that would be asked next. */
export interface VerifierStanding {
  /** Log-odds of the same draft, had the verifier written it. */
  readonly asIfWritten: number;
  readonly ability: number;
  readonly logPrice: number | undefined;
  /** What the request is like, from {@link askedInputs}. */
  readonly asked: readonly number[];
}

/** Nearest that the probability of an answer token may come to 0 or 1: strong models are told apart by how many nines there are. */
const tokenReach = 1e-13;

/**
 * Inputs of the head that joins signals with the probability of the answer token; abler models spread theirs wider, and it says more where the signals are
 * good too. `truth` is the signal `answer-truth`: models say yes more surely than they should.
 */
export function tokenInputs(own: number, ability: number, answerProbability: number, truth: number): readonly number[] {
  const held = Math.min(1 - tokenReach, Math.max(tokenReach, answerProbability));
  const token = Math.log(held / (1 - held));
  return [1, own, token, (ability * token) / 5, (own * token) / 10, Number.isNaN(truth) ? 0 : truth - 0.5];
}

/** Log of the price ratio between verifier and drafter that is assumed where a price is unknown: the median of the recorded pairs. */
export const usualPriceStep = 2.4;

/** Inputs of `Heads` for a draft on its own. */
export function aloneInputs(draft: DraftStanding, verifier?: VerifierStanding): { readonly good: readonly number[]; readonly verifier: readonly number[] } {
  return { good: [1, draft.own], verifier: verifier ? [1, draft.own, ...verifierInputs(draft, verifier)] : [] };
}

/** Inputs of `Heads` for a draft beside another drafter's. `chance` is the probability that two guesses agree: half for yes or no, one in n for n options. */
export function besideInputs(
  draft: DraftStanding,
  other: DraftStanding,
  chance: number,
  verifier?: VerifierStanding,
): { readonly good: readonly number[]; readonly verifier: readonly number[] } {
  return {
    good: [1, draft.own, other.own, other.ability - draft.ability, chance],
    verifier: verifier ? [1, draft.own, other.own, other.ability - draft.ability, chance, ...verifierInputs(draft, verifier)] : [],
  };
}

/** What is known of the verifier against the drafter, what follows from both together, and what the request is like. */
function verifierInputs(draft: DraftStanding, verifier: VerifierStanding): readonly number[] {
  const ahead = verifier.ability - draft.ability;
  return [
    verifier.asIfWritten, ahead, priceStep(draft, verifier), verifier.ability,
    draft.own * ahead, verifier.asIfWritten * ahead, draft.own * verifier.asIfWritten,
    ...verifier.asked,
  ];
}

function priceStep(draft: DraftStanding, verifier: VerifierStanding): number {
  return draft.logPrice === undefined || verifier.logPrice === undefined ? usualPriceStep : verifier.logPrice - draft.logPrice;
}

/** Weighted sum of a head's inputs: log-odds. */
export function headLogOdds(coefficients: readonly number[], inputs: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < inputs.length; index++) sum += (coefficients[index] ?? 0) * (inputs[index] ?? 0);
  return sum;
}

/** The heads of `agreed` and `contradicted`, mixed by how far two drafts agree: below 0.5 they contradict each other, from 0.75 on they agree. */
export function mixHeads(agreement: number, read: (agrees: boolean) => number): number {
  if (agreement >= 0.75) return read(true);
  if (agreement <= 0.5) return read(false);
  const share = (agreement - 0.5) / 0.25;
  return share * read(true) + (1 - share) * read(false);
}

