/** A set of recordings and its models, cheapest first, the verifier last. */
export interface RecordedSet {
  readonly set: string;
  readonly models: readonly string[];
}

/** One drafter and a verifier: the pairs that the quality benchmark reports. */
export const pairs: readonly RecordedSet[] = [
  { set: 'routellm_gsm8k', models: ['mixtral-8x7b-instruct-v0.1', 'gpt-4-1106-preview'] },
  { set: 'zeroeval_gsm', models: ['gpt-4o-mini-2024-07-18', 'gpt-4o-2024-08-06'] },
  { set: 'zeroeval_gsm', models: ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o-2024-08-06'] },
  { set: 'zeroeval_math_l5', models: ['gpt-4o-mini-2024-07-18', 'claude-3-5-sonnet-20241022'] },
  { set: 'mmlu_pro', models: ['gemini-1.5-flash-002', 'gpt-4o-2024-05-13'] },
  { set: 'mmlu_pro', models: ['llama-3.1-8b-instruct', 'gpt-4o-2024-05-13'] },
  { set: 'routellm_mtbench', models: ['mixtral-8x7b-instruct-v0.1', 'gpt-4-1106-preview'] },
  { set: 'arena_bench_v1', models: ['gpt-3.5-turbo-1106', 'gpt-4-1106-preview'] },
  { set: 'calib_sciq_test', models: ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o'] },
  { set: 'calib_boolq_valid', models: ['Meta-Llama-3.1-8B-Instruct', 'gpt-4o'] },
];

/** Two drafters of different families and a verifier. */
export const trios: readonly RecordedSet[] = [
  { set: 'zeroeval_gsm', models: ['gpt-4o-mini-2024-07-18', 'gemini-1.5-flash', 'gpt-4o-2024-08-06'] },
  { set: 'zeroeval_math_l5', models: ['gpt-4o-mini-2024-07-18', 'gemini-1.5-flash', 'claude-3-5-sonnet-20241022'] },
  { set: 'mmlu_pro', models: ['gemini-1.5-flash-002', 'deepseek-chat-v2', 'gpt-4o-2024-05-13'] },
  { set: 'calib_sciq_test', models: ['Meta-Llama-3.1-8B-Instruct', 'deepseek-v3', 'gpt-4o'] },
  { set: 'calib_boolq_valid', models: ['Meta-Llama-3.1-8B-Instruct', 'deepseek-v3', 'gpt-4o'] },
];

/** `mmlu_pro llama-3.1-8b > gpt-4o`: a set in one line. */
export function nameOf({ set, models }: RecordedSet): string {
  return `${set} ${models.map((model) => model.slice(0, 14)).join(' > ')}`;
}
