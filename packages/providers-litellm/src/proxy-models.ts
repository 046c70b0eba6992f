import type { Capabilities, Price, Rates } from '@cascadeflow/contract';
import { asCount, asList, asRecord, asText, type JsonRecord } from '@cascadeflow/provider-kit';

/** A model as the proxy describes it. */
export interface ProxyModel {
  /** Name under which the proxy serves it. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Absent where the proxy knows none. */
  readonly price?: Price;
}

/** Reads the answer of `/model/info`. */
export function toProxyModels(answer: unknown): readonly ProxyModel[] {
  return asList(asRecord(answer)?.['data']).flatMap((entry) => {
    const name = asText(asRecord(entry)?.['model_name']);
    const info = asRecord(asRecord(entry)?.['model_info']) ?? {};
    if (name === undefined) return [];
    const price = toPrice(info);
    return [{ name, capabilities: toCapabilities(info), ...(price && { price }) }];
  });
}

function toCapabilities(info: JsonRecord): Capabilities {
  const flag = (field: string) => (typeof info[field] === 'boolean' ? info[field] : undefined);
  const tools = flag('supports_function_calling');
  const vision = flag('supports_vision');
  const json = flag('supports_response_schema');
  const contextWindow = asCount(info['max_input_tokens']);
  const maxOutputTokens = asCount(info['max_output_tokens']);
  return {
    ...(tools !== undefined && { tools }),
    ...(vision !== undefined && { vision }),
    // The flag speaks of schemas; plain JSON mode may be there without them.
    ...(json === true && { json }),
    ...(contextWindow && { contextWindow }),
    ...(maxOutputTokens && { maxOutputTokens }),
  };
}

/** The proxy counts USD per token, and says 0 where it knows nothing. */
function toPrice(info: JsonRecord): Price | undefined {
  const rates = toRates(info, '');
  if (!rates || rates.input + rates.output === 0) return undefined;
  // Models have one step at most: `input_cost_per_token_above_200k_tokens`.
  const [, suffix, thousands] = Object.keys(info).map((field) => /^input_cost_per_token(_above_(\d+)k_tokens)$/.exec(field)).find((found) => found && typeof info[found[0]] === 'number') ?? [];
  const long = suffix === undefined ? undefined : toRates(info, suffix);
  return { ...rates, ...(long && { longPrompt: { above: Number(thousands) * 1000, ...long } }), source: 'litellm' };
}

/** The rates of short prompts, or of longer ones, whose fields end in `suffix`; a field that is missing there counts as for short ones. */
function toRates(info: JsonRecord, suffix: string): Rates | undefined {
  const perMillion = (field: string): number | undefined => {
    const perToken = info[`${field}${suffix}`] ?? info[field];
    return typeof perToken === 'number' ? Math.round(perToken * 1e12) / 1e6 : undefined;
  };
  const input = perMillion('input_cost_per_token');
  const output = perMillion('output_cost_per_token');
  if (input === undefined || output === undefined) return undefined;
  const cachedInput = perMillion('cache_read_input_token_cost');
  const cacheWrite = perMillion('cache_creation_input_token_cost');
  const cacheWriteHour = perMillion('cache_creation_input_token_cost_above_1hr');
  const reasoning = perMillion('output_cost_per_reasoning_token');
  return {
    input,
    output,
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWriteHour !== undefined && { cacheWriteHour }),
    ...(reasoning !== undefined && { reasoning }),
  };
}
