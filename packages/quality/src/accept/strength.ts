import type { ModelInfo } from '@cascadeflow/contract';

/** Classes of models that vendors mark in their names, from small to large; the first that matches counts. */
const classes: readonly (readonly [RegExp, number])[] = [
  [/nano|tiny|smol|instant|gemma-?2?-2b/, -2],
  [/gpt-4(?:\.\d|o|-turbo|_turbo)?.*mini|gpt-5.*mini|o\d.*mini/, 0.8],
  [/mini|lite|small|haiku|flash|turbo-?instruct|gpt-3\.5/, 0],
  [/opus|\bo[1-9]\b|gpt-5(?!.*mini)|deepseek-?r|r1\b/, 2],
  [/gpt-4|gpt4|sonnet|pro\b|large|deepseek-?v?3|maverick|max\b/, 1.5],
];
const size = /(?:^|[^a-z\d.])(?:(\d{1,2})x)?(\d{1,3}(?:\.\d+)?)b(?![a-z\d])/;
/** Parameters, in billions, of a model that stands at 0 on the scale. */
const middleSize = 30;

/** A rough guess at a model's ability from its name, about -3 to 2.5; `undefined` when the name says nothing. */
export function nameClass(name: string): number | undefined {
  const lower = name.toLowerCase();
  const match = size.exec(lower);
  if (match) {
    const billions = Number(match[2]) * Math.sqrt(Number(match[1] ?? 1));
    if (billions > 0) return Math.max(-3, Math.min(2, 0.7 * Math.log(billions / middleSize)));
  }
  for (const [pattern, value] of classes) if (pattern.test(lower)) return value;
  return undefined;
}

/** Logarithm of the blended price in USD per 1M tokens (input once, output once); `undefined` for free or unpriced models. */
export function logPrice(model: ModelInfo): number | undefined {
  if (!model.price) return undefined;
  const blended = (model.price.input + model.price.output) / 2;
  return blended > 0 ? Math.log(blended) : undefined;
}
