import type { Usage } from '@cascadeflow/contract';
import type { UsageMetadata } from '@langchain/core/messages';

/** LangChain's token counts as kinds that never overlap: its input holds what was cached, its output what was thought. */
export function fromUsageMetadata(usage: UsageMetadata | undefined): Usage | undefined {
  if (!usage) return undefined;
  const { input_tokens: input, output_tokens: output } = usage;
  const cachedInput = usage.input_token_details?.cache_read;
  const cacheWrite = usage.input_token_details?.cache_creation;
  const reasoning = usage.output_token_details?.reasoning;
  return {
    // A count of 0 is left out by some packages, whatever the types say.
    input: Math.max(0, (input ?? 0) - (cachedInput ?? 0) - (cacheWrite ?? 0)),
    output: Math.max(0, (output ?? 0) - (reasoning ?? 0)),
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

/** Token counts in LangChain's form, where totals hold their parts. */
export function toUsageMetadata(usage: Usage): UsageMetadata {
  const input = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const output = (usage.output ?? 0) + (usage.reasoning ?? 0);
  const hasInputDetails = usage.cachedInput !== undefined || usage.cacheWrite !== undefined;
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    ...(hasInputDetails && {
      input_token_details: {
        ...(usage.cachedInput !== undefined && { cache_read: usage.cachedInput }),
        ...(usage.cacheWrite !== undefined && { cache_creation: usage.cacheWrite }),
      },
    }),
    ...(usage.reasoning !== undefined && { output_token_details: { reasoning: usage.reasoning } }),
  };
}

/**
 * Adds the counts of one more piece of a stream: vendors spread them over several. Anthropic's output count is a running total that LangChain
 * adds up as if it were not, so the latest one is taken.
 */
export function addUsageMetadata(sum: UsageMetadata | undefined, more: UsageMetadata | undefined, provider: string): UsageMetadata | undefined {
  if (!sum || !more) return sum ?? more;
  const input = (sum.input_tokens ?? 0) + (more.input_tokens ?? 0);
  const output = provider === 'anthropic' ? more.output_tokens || sum.output_tokens : (sum.output_tokens ?? 0) + (more.output_tokens ?? 0);
  return {
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    ...addDetails('input_token_details', sum, more),
    ...addDetails('output_token_details', sum, more),
  };
}

function addDetails(key: 'input_token_details' | 'output_token_details', sum: UsageMetadata, more: UsageMetadata): Partial<UsageMetadata> {
  const [left, right] = [sum[key], more[key]] as ({ [kind: string]: number } | undefined)[];
  if (!left && !right) return {};
  const total: { [kind: string]: number } = { ...left };
  for (const [kind, count] of Object.entries(right ?? {})) total[kind] = (total[kind] ?? 0) + count;
  return { [key]: total };
}
