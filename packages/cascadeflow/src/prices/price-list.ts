import { readFile } from 'node:fs/promises';
import { CascadeError } from '@cascadeflow/contract';
import { bundledPrices, fromGenaiPrices, type PriceTable } from '@cascadeflow/provider-kit';

/** Where the genai-prices project publishes its data. */
export const publishedPrices = 'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data.json';

/** Longest a download may take, in milliseconds. Chosen by hand. */
const downloadMs = 30_000;

/**
 * The published list as of a day, of the vendors that the bundled list has.
 * @throws CascadeError when it cannot be had or holds no prices.
 */
export async function downloadPrices(url: string, asOf: string, signal: AbortSignal): Promise<PriceTable> {
  let data: unknown;
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(downloadMs)]) });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    data = await response.json();
  } catch (cause) {
    signal.throwIfAborted();
    throw new CascadeError('invalid-data', `no prices from ${url}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const table = fromGenaiPrices(Array.isArray(data) ? data : [], asOf, new Set(Object.keys(bundledPrices().vendors)));
  if (Object.keys(table.vendors).length === 0) throw new CascadeError('invalid-data', `no prices from ${url}: it is no list of genai-prices`);
  return table;
}

/**
 * A list that `cascadeflow prices --refresh` wrote.
 * @throws CascadeError naming the file when it is none.
 */
export async function readPriceList(file: string): Promise<PriceTable> {
  try {
    const table = JSON.parse(await readFile(file, 'utf8')) as Partial<PriceTable> | null;
    if (typeof table?.asOf !== 'string' || typeof table.source !== 'string' || typeof table.vendors !== 'object' || table.vendors === null) throw new Error('it is no price list');
    if (!Object.values(table.vendors).every(Array.isArray)) throw new Error('its vendors are no lists');
    return table as PriceTable;
  } catch (cause) {
    throw new CascadeError('invalid-data', `${file}: ${cause instanceof Error ? cause.message : String(cause)}; write it anew with \`cascadeflow prices --refresh ${file}\``, { cause });
  }
}
