import type { DomainExample } from './domain-data.ts';
import { domainClasses } from './domain-fit.ts';
import { softmax } from './softmax.ts';

/** A held-out row with the scores it was given. */
export interface HeldRow {
  readonly example: DomainExample;
  readonly scores: Float64Array;
}

function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  return best;
}

/**
 * How much offered tools speak for `tool`: the value with the best balance of requests that want a tool (function documents stood beside them)
 * and requests of other domains that are sent with tools all the same.
 */
export function chooseToolsOffered(rows: readonly HeldRow[]): number {
  const tool = domainClasses.indexOf('tool');
  let best = { value: 0, hits: -1 };
  for (let value = 0; value <= 5; value += 0.25) {
    const hits = { tool: 0, other: 0 };
    const counts = { tool: 0, other: 0 };
    for (const { example, scores } of rows) {
      const kind = example.domain === 'tool' ? 'tool' : 'other';
      const shifted = Array.from(scores, (score, index) => (index === tool ? score + value : score));
      counts[kind]++;
      if (domainClasses[argmax(shifted)] === example.domain) hits[kind]++;
    }
    const sum = hits.tool / counts.tool + hits.other / counts.other;
    if (sum > best.hits) best = { value, hits: sum };
  }
  return best.value;
}

/** The temperature with the smallest log loss on held-out rows, every class counting the same. */
export function chooseTemperature(rows: readonly HeldRow[]): number {
  const counts = new Map<string, number>();
  for (const { example } of rows) counts.set(example.domain, (counts.get(example.domain) ?? 0) + 1);
  let best = { value: 1, loss: Infinity };
  for (let value = 0.5; value <= 6; value += 0.05) {
    let loss = 0;
    for (const { example, scores } of rows) {
      const label = domainClasses.indexOf(example.domain as (typeof domainClasses)[number]);
      loss -= Math.log(Math.max(softmax(Float64Array.from(scores), value)[label]!, 1e-9)) / (counts.get(example.domain) ?? 1);
    }
    if (loss < best.loss) best = { value, loss };
  }
  return Number(best.value.toFixed(2));
}
