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
  const all: { label: Complexity; probability: number }[] = [];
  let below = 0;
  let label: Complexity | undefined;
  for (const level of complexityLevels) {
    const until = level.until === Infinity ? 1 : normal((level.until - failure) / weights.spread);
    all.push({ label: level.label, probability: until - below });
    below = until;
    if (label === undefined && failure < level.until) label = level.label;
  }
  const chosen = all.find((entry) => entry.label === label) ?? { label: 'unknown', probability: 0 };
  const top = [chosen, ...all.filter((entry) => entry !== chosen).sort((a, b) => b.probability - a.probability)].slice(0, topLabels);
  return { label: chosen.label, confidence: chosen.probability, top };
}

/** Distribution function of the standard normal; logistic approximation with error below 0.02. */
function normal(z: number): number {
  return 1 / (1 + Math.exp(-1.702 * z));
}
