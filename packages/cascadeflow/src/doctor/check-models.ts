import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import { openProvider } from '../provider-table.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Whether each provider can be set up, which needs its key, and whether each model's price is known. */
export function checkModels(subjects: readonly Subject[]): Finding[] {
  const opened = new Map<string, Provider | Error>();
  for (const { provider, type, env, baseURL } of subjects) {
    if (!opened.has(provider)) opened.set(provider, open(type, env, baseURL));
  }
  const keys = [...opened].map(([id, provider]): Finding => {
    if (!(provider instanceof Error)) return { about: 'keys', level: 'ok', says: `${id} is set up` };
    return { about: 'keys', level: 'fail', says: `${id}: ${provider.message}`, fix: 'set the variable, or put the key into the configuration as ${NAME}' };
  });
  return [...keys, ...subjects.flatMap((subject) => checkPrice(subject, opened.get(subject.provider)))];
}

function open(type: string, env: Subject['env'], baseURL: string | undefined): Provider | Error {
  try {
    return openProvider(type, { env, ...(baseURL !== undefined && { baseURL }) });
  } catch (error) {
    if (error instanceof InvalidOptionsError) return error;
    throw error;
  }
}

function checkPrice({ provider, name, cost }: Subject, opened: Provider | Error | undefined): Finding[] {
  const named = `${provider}/${name}`;
  if (cost !== undefined) return [{ about: 'prices', level: 'ok', says: `${named}: the price you gave` }];
  if (opened === undefined || opened instanceof Error) return [];
  const price = opened.price?.(name);
  if (price) return [{ about: 'prices', level: 'ok', says: `${named}: ${price.input} in, ${price.output} out, USD per 1M tokens${price.asOf === undefined ? '' : `, of ${price.asOf}`}` }];
  return [{ about: 'prices', level: 'warn', says: `${named}: no list price, so its cost is unknown and budgets do not see it`, fix: `write ${named}@INPUT/OUTPUT, USD per 1M tokens, or give a cost` }];
}
