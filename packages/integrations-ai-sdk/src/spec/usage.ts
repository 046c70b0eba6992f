import type { FinishReason, FinishReasonKind, Usage } from '@cascadeflow/contract';
import type { SpecVersion } from './language-model.ts';

interface FlatUsage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly cachedInputTokens?: number;
  readonly reasoningTokens?: number;
}
interface NestedUsage {
  readonly inputTokens?: { readonly total?: number; readonly cacheRead?: number; readonly cacheWrite?: number };
  readonly outputTokens?: { readonly total?: number; readonly reasoning?: number };
}

/** Token counts of any version as kinds that never overlap; `undefined` when nothing was counted. */
export function fromSpecUsage(told: unknown): Usage | undefined {
  const usage = (told ?? {}) as FlatUsage | NestedUsage;
  const isFlat = typeof usage.inputTokens !== 'object' && typeof usage.outputTokens !== 'object';
  const flat = usage as FlatUsage;
  const nested = usage as NestedUsage;
  const input = isFlat ? flat.inputTokens : nested.inputTokens?.total;
  const output = isFlat ? flat.outputTokens : nested.outputTokens?.total;
  if (input === undefined && output === undefined) return undefined;
  const cachedInput = isFlat ? flat.cachedInputTokens : nested.inputTokens?.cacheRead;
  const cacheWrite = isFlat ? undefined : nested.inputTokens?.cacheWrite;
  const reasoning = isFlat ? flat.reasoningTokens : nested.outputTokens?.reasoning;
  return {
    ...(input !== undefined && { input: Math.max(0, input - (cachedInput ?? 0) - (cacheWrite ?? 0)) }),
    ...(output !== undefined && { output: Math.max(0, output - (reasoning ?? 0)) }),
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

/** Token counts in the form of a version: totals that hold their parts. */
export function toSpecUsage({ input, cachedInput, cacheWrite, output, reasoning }: Usage, version: SpecVersion): unknown {
  const inputTotal = sum(input, cachedInput, cacheWrite);
  const outputTotal = sum(output, reasoning);
  if (version === 'v2') {
    return { inputTokens: inputTotal, outputTokens: outputTotal, totalTokens: sum(inputTotal, outputTotal), cachedInputTokens: cachedInput, reasoningTokens: reasoning };
  }
  return {
    inputTokens: { total: inputTotal, noCache: input, cacheRead: cachedInput, cacheWrite },
    outputTokens: { total: outputTotal, text: output, reasoning },
  };
}

function sum(...counts: readonly (number | undefined)[]): number | undefined {
  return counts.every((count) => count === undefined) ? undefined : counts.reduce<number>((total, count) => total + (count ?? 0), 0);
}

const kinds = new Set<string>(['stop', 'length', 'content-filter', 'tool-calls', 'error'] satisfies FinishReasonKind[]);

/** The finish reason of any version. */
export function fromSpecFinish(told: unknown): FinishReason {
  const { unified, raw } = (typeof told === 'string' ? { unified: told } : (told ?? {})) as { readonly unified?: string; readonly raw?: string };
  return { unified: kinds.has(unified ?? '') ? (unified as FinishReasonKind) : 'other', ...(raw !== undefined && { raw }) };
}

/** The finish reason in the form of a version. */
export function toSpecFinish({ unified, raw }: FinishReason, version: SpecVersion): unknown {
  return version === 'v2' ? unified : { unified, raw };
}
