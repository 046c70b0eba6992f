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
  latency: {
    title: 'Waiting',
    text: `Against a stub over HTTP with times like those of hosted models: first tokens log-normal with a spread of 0.7, so that one call in a hundred takes five times the median; the draft four
times faster than the verifier. Every mode meets the same times for the same question. "Cost" counts a cancelled call's prompt and what it had written.`,
  },
  overhead: {
    title: 'What a run costs',
    text: `Time that the engine takes beside a model that answers at once, and over loopback HTTP beside the same requests made straight with the openai SDK; size and cold import of what
\`@cascadeflow/core\` installs. The first figures of each prompt are those while the compiler is still at work.`,
  },
  integrations: {
    title: 'LangChain and the AI SDK',
    text: `What a wrapped model costs beside the bare one, both answering at once and every draft accepted.`,
  },
  providers: {
    title: 'Calling vendors',
    text: `Each adapter beside the vendor's own SDK, or beside fetch where it has none, against a stub over loopback HTTP, turn by turn.`,
  },
  gateway: {
    title: 'The gateway',
    text: `A gateway process before an upstream process that answers at once, over loopback HTTP, beside a direct call, a plain \`node:http\` proxy, and the gateways of Portkey (npm) and LiteLLM (PyPI) before the
same upstream in the same run, turn by turn. "Pass-through" asks for a model by name; "accepted draft" is routed, drafted and judged. All processes, the load among them, share the machine's two
cores. Latencies are taken after the load, when the compiler has settled.`,
  },
  semantic: {
    title: 'The embedded model',
    text: `Speed and size on one core, and its quality beside its teacher, all-MiniLM-L6-v2 in int8, on questions whose texts it was not trained on. A changed negation is not detected, as the
figure shows.`,
  },
  n8n: {
    title: 'The n8n nodes',
    text: `Size of the packed tarball, and time and memory for loading both nodes.`,
  },
  resilience: {
    title: 'What the policies cost',
    text: `Time that breakers, limits and the watch over drafters add to a run where nothing fails.`,
  },
  chaos: {
    title: 'When things fail',
    text: `Random faults, aborts, deadlines and jumps of the wall clock, seeded. Promises: every run ends by its deadline plus 50 ms, with a result or a typed error; whoever can answer is asked; no
rejection goes unhandled, no socket or timer stays, every call is billed. Budgets run out and all models fail on purpose in some runs, so many of them end in an error.`,
  },
  streams: {
    title: 'Many streams at once',
    text: `What the engine adds to a streamed piece of text, and ten rounds of ten thousand streams in one process.`,
  },
};
