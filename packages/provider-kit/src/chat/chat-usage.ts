import type { Usage } from '@cascadeflow/contract';
import { asCount, asRecord } from '../wire/json.ts';

/**
 * Maps the `usage` of Chat Completions, as OpenAI and those who follow it send it, to kinds that never overlap.
 *
 * Prompt tokens contain cached ones and completion tokens contain reasoning, except where the total shows that a vendor counts reasoning beside them.
 */
export function fromChatUsage(wire: unknown): Usage | undefined {
  const usage = asRecord(wire);
  if (!usage) return undefined;
  const promptDetails = asRecord(usage['prompt_tokens_details']);
  const prompt = asCount(usage['prompt_tokens']);
  const completion = asCount(usage['completion_tokens']);
  const cached = asCount(promptDetails?.['cached_tokens']) ?? asCount(usage['prompt_cache_hit_tokens']) ?? asCount(usage['cache_read_input_tokens']);
  const written =
    asCount(promptDetails?.['cache_write_tokens']) ?? asCount(promptDetails?.['cache_creation_tokens']) ?? asCount(usage['cache_creation_input_tokens']);
  const hour = asCount(asRecord(promptDetails?.['cache_creation_token_details'])?.['ephemeral_1h_input_tokens']);
  const reasoning = asCount(asRecord(usage['completion_tokens_details'])?.['reasoning_tokens']) ?? asCount(usage['reasoning_tokens']);
  if (prompt === undefined && completion === undefined) return undefined;
  const total = asCount(usage['total_tokens']);
  const isBeside = !!reasoning && total !== undefined && total === (prompt ?? 0) + (completion ?? 0) + reasoning;
  return {
    ...(prompt !== undefined && { input: Math.max(0, prompt - (cached ?? 0) - (written ?? 0)) }),
    ...(cached !== undefined && { cachedInput: cached }),
    ...(written !== undefined && { cacheWrite: written }),
    ...(hour && { cacheWriteHour: hour }),
    ...(completion !== undefined && { output: isBeside ? completion : Math.max(0, completion - (reasoning ?? 0)) }),
    ...(reasoning !== undefined && { reasoning }),
  };
}
