import type { ModelInfo } from '@cascadeflow/contract';

/** Families that vendors tell apart in their names, with their ability in log-odds against an average model; the first that matches counts. */
const families: readonly (readonly [RegExp, number])[] = [
  [/nano|smol|tiny/, -0.6],
  [/gpt-5.*mini|o[1-9].*mini/, 1.2],
  [/(?:^|[^a-z\d])o[1-9](?![a-z\d])|gpt-5|deepseek-?r|(?:^|[^a-z])r1(?![\d])|2\.5-pro|opus-4|opus-5|thinking/, 1.5],
  [/sonnet-[4-9]|sonnet-3-7|3-[57]-sonnet|gpt-4\.1(?!.*mini)|gemini-[3-9].*pro/, 0.8],
  [/gpt-4o.*mini|gpt-4\.1.*mini|3-5-haiku|haiku-[4-9]|2\.[05]-flash|gemini-[3-9].*flash|flash-002/, 0.3],
  [/gpt-?4/, 0.7],
  [/opus|sonnet|1\.5-pro|deepseek-?(?:v?3|chat-v3)|mistral-large|command-a/, 0.3],
  [/deepseek/, -0.05],
  [/flash|jamba/, -0.25],
  [/claude-[12]|claude-instant/, -0.3],
  [/haiku|gpt-3\.5/, -0.7],
  [/palm|bison/, -1.2],
  [/mini|lite|small/, -0.1],
  [/pro|large|max|ultra/, 0.3],
];
const size = /(?:^|[^a-z\d.])(?:(\d{1,2})x)?(\d{1,3}(?:\.\d+)?)b(?![a-z\d])/;
/** Open models by the size in their name: log-odds per natural logarithm of billions of parameters, zero at 60; experts share. */
const bySize = { slope: 0.45, middle: 60 };
/** Families of open models that are better or worse than their size. */
const generations: readonly (readonly [RegExp, number])[] = [
  [/qwen-?(?:2\.5|3)|phi-?4|gemma-?3/, 0.9],
  [/llama-?2|mistral-7b|mixtral|vicuna|alpaca|falcon/, -0.5],
];

/**
 * A guess at a model's ability from its name, in log-odds against an average model, about -2 to 1.5; `undefined` when the name says nothing.
 * The values follow what 40 models reached on eight recorded sets; see decision 0031.
 */
export function nameClass(name: string): number | undefined {
  const known = memory.get(name);
  if (known !== undefined || memory.has(name)) return known;
  const value = classify(name.toLowerCase());
  if (memory.size < remembered) memory.set(name, value);
  return value;
}

/** Names that are remembered; an application has a handful. */
const remembered = 1000;
const memory = new Map<string, number | undefined>();

function classify(name: string): number | undefined {
  const match = size.exec(name);
  const billions = match ? Number(match[2]) * Math.sqrt(Number(match[1] ?? 1)) : 0;
  if (billions > 0) {
    const generation = generations.find(([pattern]) => pattern.test(name))?.[1] ?? 0;
    return Math.max(-2.5, Math.min(1.2, bySize.slope * Math.log(billions / bySize.middle) + generation));
  }
  return families.find(([pattern]) => pattern.test(name))?.[1];
}

/** Logarithm of the blended price in USD per 1M tokens (input once, output once); `undefined` for free or unpriced models. */
export function logPrice(model: ModelInfo): number | undefined {
  if (!model.price) return undefined;
  const blended = (model.price.input + model.price.output) / 2;
  return blended > 0 ? Math.log(blended) : undefined;
}
