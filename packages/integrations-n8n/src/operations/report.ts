import { InvalidOptionsError } from '@cascadeflow/contract';
import type { IDataObject } from 'n8n-workflow';

interface ModelSum {
  answers: number;
  cost: number;
}

/**
 * Adds up what the items of an Ask node say of themselves. Items whose cost is unknown are counted, and are in no sum.
 * @throws InvalidOptionsError when no item is an answer.
 */
export function report(items: readonly IDataObject[]): IDataObject {
  const answers = items.filter((item) => typeof item['modelUsed'] === 'string');
  if (answers.length === 0) throw new InvalidOptionsError('Items', 'none of them is an answer of a CascadeFlow Ask node; connect this node behind one');
  const models = new Map<string, ModelSum>();
  let cost = 0;
  let saved = 0;
  let compared = 0;
  let accepted = 0;
  for (const item of answers) {
    const name = item['modelUsed'] as string;
    const sum = models.get(name) ?? { answers: 0, cost: 0 };
    models.set(name, { answers: sum.answers + 1, cost: sum.cost + asFigure(item['cost']) });
    if (item['draftAccepted'] === true) accepted++;
    if (typeof item['cost'] !== 'number') continue;
    cost += item['cost'];
    if (typeof item['saved'] !== 'number') continue;
    compared++;
    saved += item['saved'];
  }
  const baseline = answers.reduce((sum, item) => sum + (typeof item['saved'] === 'number' ? asFigure(item['cost']) + item['saved'] : 0), 0);
  return {
    answers: answers.length,
    accepted,
    acceptedPercent: (accepted / answers.length) * 100,
    cost,
    saved,
    ...(baseline > 0 && { savedPercent: (saved / baseline) * 100 }),
    withoutFigures: answers.length - compared,
    models: [...models].map(([model, sum]) => ({ model, ...sum })),
  };
}

function asFigure(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
