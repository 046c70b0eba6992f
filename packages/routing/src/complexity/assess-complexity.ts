import { lastUserText, type Assessment, type Complexity, type ModelRequest } from '@cascadeflow/contract';
import fitted from '../weights/complexity.json' with { type: 'json' };
import { readStructure, type Structure } from '../text/structure.ts';
import { predictHead, type ComplexityWeights } from './complexity-model.ts';
import { demandNames, readDemand } from './demand.ts';

/** Levels with the expected share of failures of cheap models at which each ends. The middle between the anchors of the fit. */
export const complexityLevels = [
  { label: 'trivial', until: 0.085 },
  { label: 'simple', until: 0.2 },
  { label: 'moderate', until: 0.4 },
  { label: 'hard', until: 0.6 },
  { label: 'expert', until: Infinity },
] as const;

/** Labels that an assessment lists. */
const topLabels = 3;

/** An assessment of complexity with the figures behind it. */
export interface ComplexityEstimate {
  readonly assessment: Assessment<Complexity>;
  /** Expected share of cheap models that fail on this request, 0 to 1; absent where complexity is unknown. */
  readonly expectedFailure?: number;
  /** Expected gain in correctness from a dearer model, -1 to 1; absent where complexity is unknown. */
  readonly expectedGain?: number;
}

const weights: ComplexityWeights = fitted;
const demand = new Float64Array(demandNames.length);
/** Probability of each level, of the assessment under way. */
const levelProbabilities = new Float64Array(complexityLevels.length);

/** Part of the expected failure that comes from meaning, where an embedder is given; chosen on mmlu_pro and MATH levels, see decision 0053. */
const meaningShare = 0.15;

/**
 * Estimates how hard the last user turn is, with the figures behind the level. `form` saves reading the text's structure twice; `byMeaning` is
 * the share of failures of the example prompts that an embedder finds nearest.
 */
export function estimateComplexity(request: ModelRequest, form?: Structure, byMeaning?: number): ComplexityEstimate {
  const text = lastUserText(request.messages);
  const structure = form ?? readStructure(text);
  if (structure.words === 0 && structure.digits === 0) return { assessment: { label: 'unknown', confidence: 0 } };
  const json = request.responseFormat !== undefined && request.responseFormat.type !== 'text';
  readDemand(text, structure, { tools: request.tools?.length ?? 0, json }, demand);
  const byForm = Math.max(0.01, Math.min(0.99, predictHead(weights.failure, weights, demand)));
  const expectedFailure = byMeaning === undefined ? byForm : (1 - meaningShare) * byForm + meaningShare * byMeaning;
  return { assessment: toAssessment(expectedFailure), expectedFailure, expectedGain: predictHead(weights.gain, weights, demand) };
}

/**
 * Says how hard the last user turn looks, from its form alone: size, parts, figures, formulae, code, tables, choices. The same in every language.
 *
 * The system prompt is never read. The levels stand for the share of cheap models that fail on such requests; `confidence` is the probability
 * that the true share lies within the level. A turn without letters or figures is `unknown`.
 */
export function assessComplexity(request: ModelRequest): Assessment<Complexity> {
  return estimateComplexity(request).assessment;
}

function toAssessment(failure: number): Assessment<Complexity> {
  let below = 0;
  let chosen = -1;
  for (let index = 0; index < complexityLevels.length; index++) {
    const level = complexityLevels[index] as (typeof complexityLevels)[number];
    const until = level.until === Infinity ? 1 : normal((level.until - failure) / weights.spread);
    levelProbabilities[index] = until - below;
    below = until;
    if (chosen < 0 && failure < level.until) chosen = index;
  }
  const top: { readonly label: Complexity; readonly probability: number }[] = [];
  for (let next = chosen; top.length < topLabels; next = likeliest(levelProbabilities)) {
    top.push({ label: complexityLevels[next]?.label ?? 'unknown', probability: levelProbabilities[next] ?? 0 });
    levelProbabilities[next] = -1;
  }
  return { label: top[0]?.label ?? 'unknown', confidence: top[0]?.probability ?? 0, top };
}

function likeliest(probabilities: Float64Array): number {
  let best = 0;
  for (let index = 1; index < probabilities.length; index++) if ((probabilities[index] ?? 0) > (probabilities[best] ?? 0)) best = index;
  return best;
}

/** Distribution function of the standard normal; logistic approximation with error below 0.02. */
function normal(z: number): number {
  return 1 / (1 + Math.exp(-1.702 * z));
}
