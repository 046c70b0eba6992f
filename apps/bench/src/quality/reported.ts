/** Pairs that are reported: set, and models cheapest first with the verifier last. */
export const pairs: readonly (readonly [set: string, models: readonly string[]])[] = [
  ['routellm_gsm8k', ['mixtral-8x7b-instruct-v0.1', 'gpt-4-1106-preview']],
  ['zeroeval_gsm', ['gpt-4o-mini-2024-07-18', 'gpt-4o-2024-08-06']],
  ['zeroeval_gsm', ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o-2024-08-06']],
  ['zeroeval_math_l5', ['gpt-4o-mini-2024-07-18', 'claude-3-5-sonnet-20241022']],
  ['mmlu_pro', ['gemini-1.5-flash-002', 'gpt-4o-2024-05-13']],
  ['mmlu_pro', ['llama-3.1-8b-instruct', 'gpt-4o-2024-05-13']],
  ['routellm_mtbench', ['mixtral-8x7b-instruct-v0.1', 'gpt-4-1106-preview']],
  ['arena_bench_v1', ['gpt-3.5-turbo-1106', 'gpt-4-1106-preview']],
  ['calib_sciq_test', ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o']],
  ['calib_boolq_valid', ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o']],
];

/** Two cheap models of different families before the verifier. */
export const trios: readonly (readonly [set: string, models: readonly string[]])[] = [
  ['zeroeval_gsm', ['gpt-4o-mini-2024-07-18', 'gemini-1.5-flash', 'gpt-4o-2024-08-06']],
  ['zeroeval_math_l5', ['gpt-4o-mini-2024-07-18', 'gemini-1.5-flash', 'claude-3-5-sonnet-20241022']],
  ['mmlu_pro', ['gemini-1.5-flash-002', 'deepseek-chat-v2', 'gpt-4o-2024-05-13']],
  ['calib_sciq_test', ['Meta-Llama-3.1-8B-Instruct', 'deepseek-v3', 'gpt-4o']],
  ['calib_boolq_valid', ['Meta-Llama-3.1-8B-Instruct', 'deepseek-v3', 'gpt-4o']],
];

/** The eight drafters whose ranking is a target. */
export const ranked = [0, 1, 2, 3, 4, 5, 9, 7].map((index) => pairs[index] as (typeof pairs)[number]);

/** Sets that are left out together when one benchmark is left out: they share questions. */
export const benchmarks: readonly (readonly string[])[] = [
  ['routellm_gsm8k', 'zeroeval_gsm', 'gsm8k_openai_solutions'], ['zeroeval_math_l5'], ['mmlu_pro'], ['calib_boolq_valid'], ['calib_sciq_test'], ['arena_bench_v1'], ['routellm_mtbench'],
];
