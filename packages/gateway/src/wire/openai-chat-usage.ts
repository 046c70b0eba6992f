import type { CascadeResult, Usage } from '@cascadeflow/contract';

/** Tokens of the call whose answer was chosen: what a client holds against the model's context window. All calls together are in the cost. */
export function chosenUsage(result: CascadeResult): Usage | undefined {
  return result.attempts.findLast((attempt) => attempt.chosen)?.usage;
}

/** Chat Completions' `usage` of one or more answers to one prompt. Cached tokens are within the prompt, reasoning within the completion. */
export function toChatUsage(results: readonly CascadeResult[]): object | undefined {
  const usages = results.map(chosenUsage);
  const [first] = usages;
  if (first === undefined || usages.includes(undefined)) return undefined;
  const sum = (kind: keyof Usage) => usages.reduce((total, usage) => total + (usage?.[kind] ?? 0), 0);
  const cached = first.cachedInput ?? 0;
  const prompt = (first.input ?? 0) + cached + (first.cacheWrite ?? 0);
  const completion = sum('output') + sum('reasoning');
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: cached },
    completion_tokens_details: { reasoning_tokens: sum('reasoning') },
  };
}
