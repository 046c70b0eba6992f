import type { About } from './results-page.ts';

/** Benchmarks in the order of the page, with what stands behind their figures. */
export const resultsAbout: { readonly [bench: string]: About } = {
  quality: {
    title: 'Judging drafts',
    text: `Recorded answers of some forty models to GSM8K, MATH level 5, MMLU-Pro, SciQ, BoolQ, Arena-Hard and others (ZeroEval, MMLU-Pro, RouteLLM, Comparing-Confidence, RouterArena), each with a label.
Cross-validated by question: no question was judged by weights that had seen it. The bars of the levels were chosen on these sets, which flatters them mildly. Prices are the list prices of the
recordings' time; tokens are the recorded ones, or a quarter of the characters. "Kept" is the cascade's quality in percent of the verifier's alone, "saved" the share of the verifier's bill,
with every call billed. The lines of the run name set, drafters and verifier.`,
  },
  calibration: {
    title: 'Calibrating and promising',
    text: `The same recordings, halved by question: fitted on one half, measured on the other, both ways. A promise is broken when the loss on the other half exceeds what was certified.`,
  },
  routing: {
    title: 'Deciding before the draft',
    text: `What can be told from the request alone: domains on labelled prompts, complexity against MATH levels and MMLU-Pro, the pre-router against RouteLLM's published labels, tool calls on BFCL.
No draft was read, so these figures are no measure of the cascade. "Left out" means the classifier had seen nothing of that source.`,
  },
};
