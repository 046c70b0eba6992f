import { type CostSpec, InvalidOptionsError } from '@cascadeflow/contract';
import type { PriceTable } from './price/price-table.ts';
import { defaultTimeouts, type Timeouts } from './wire/call.ts';
import type { Send } from './wire/wire-response.ts';

/** Options that every provider over HTTP shares. */
export interface ConnectionOptions {
  /** The vendor's key. */
  readonly apiKey?: string;
  /** Address of the API up to and including its version, `https://api.openai.com/v1`. */
  readonly baseURL?: string;
  /** Id under which the provider is known to the cascade. */
  readonly id?: string;
  /** Headers sent with every request. */
  readonly headers?: { readonly [name: string]: string };
  /** Milliseconds until the response begins; for answers in one piece, until they are whole. Default 600,000. */
  readonly timeoutMs?: number;
  /** Milliseconds of silence inside a streamed answer. Default 120,000. */
  readonly idleTimeoutMs?: number;
  /** Where a key that is not given may be looked up, such as `process.env`. Nothing is looked up without it. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Prices of one's own by model name; they win over the list. */
  readonly prices?: { readonly [model: string]: CostSpec };
  /** A newer price list than the bundled one. */
  readonly priceTable?: PriceTable;
  /** Carries requests for models in place of the platform's `fetch` or the vendor's SDK: for programs that keep a pool of connections of their own. */
  readonly send?: Send;
}

/** Says what is wrong with a value, in words that end "must be …"; `undefined` when nothing is. */
export type Check = (value: unknown) => string | undefined;

const isText: Check = (value) => (typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty');
const isMilliseconds: Check = (value) => (typeof value === 'number' && value > 0 && value <= 2 ** 31 - 1 ? undefined : 'a number of milliseconds above 0');
const isObject: Check = (value) => (typeof value === 'object' && value !== null ? undefined : 'an object');
const isFunction: Check = (value) => (typeof value === 'function' ? undefined : 'a function');
const isKey: Check = (value) => (typeof value === 'string' && /^[\x21-\x7e]+$/.test(value) ? undefined : 'a string of printable characters without spaces or line breaks');
const isAddress: Check = (value) =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value) ? undefined : 'an http or https address such as https://api.example.com/v1';
const isHeaders: Check = (value) =>
  isObject(value) === undefined && Object.values(value as object).every((text) => typeof text === 'string' && !/[\r\n\0]/.test(text))
    ? undefined
    : 'an object of header names and strings';
const isPrices: Check = (value) =>
  isObject(value) === undefined && Object.values(value as object).every((cost) => (typeof cost === 'number' ? cost >= 0 : isObject(cost) === undefined))
    ? undefined
    : 'an object of model names and prices';

/** Checks for values that several providers take. */
export const checks = { isText, isMilliseconds, isObject, isAddress, isKey } as const;

const shared: { readonly [option in keyof ConnectionOptions]-?: Check } = {
  apiKey: isKey,
  baseURL: isAddress,
  id: isText,
  headers: isHeaders,
  timeoutMs: isMilliseconds,
  idleTimeoutMs: isMilliseconds,
  env: isObject,
  prices: isPrices,
  priceTable: isObject,
  send: isFunction,
};

/** Options after checking, with their defaults. */
export interface Connection {
  readonly apiKey: string | undefined;
  /** Without a slash at its end. */
  readonly baseURL: string;
  readonly id: string;
  readonly headers: { readonly [name: string]: string };
  readonly timeouts: Timeouts;
  readonly send: Send | undefined;
}

/** What a provider takes where the user says nothing. */
export interface ConnectionDefaults {
  readonly id: string;
  readonly baseURL: string;
  /** Environment variable that holds the key. */
  readonly variable?: string;
  /** Default: a key must be given. */
  readonly keyOptional?: boolean;
  /** Checks of the provider's own options. */
  readonly own?: { readonly [option: string]: Check };
}

/** Checks a provider's options. Throws {@link InvalidOptionsError} with the path `factory.option`; messages never repeat a value. */
export function parseConnection(factory: string, options: ConnectionOptions, defaults: ConnectionDefaults): Connection {
  if (isObject(options)) throw new InvalidOptionsError(factory, 'options must be an object');
  const known: { readonly [option: string]: Check } = { ...shared, ...defaults.own };
  for (const [option, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const check = Object.hasOwn(known, option) ? known[option] : undefined;
    if (!check) throw new InvalidOptionsError(`${factory}.${option}`, `unknown option; known are ${Object.keys(known).join(', ')}`);
    const fault = check(value);
    if (fault !== undefined) throw new InvalidOptionsError(`${factory}.${option}`, `must be ${fault}`);
  }
  return {
    apiKey: findKey(factory, options, defaults),
    baseURL: (options.baseURL ?? defaults.baseURL).replace(/\/+$/, ''),
    id: options.id ?? defaults.id,
    headers: options.headers ?? {},
    send: options.send,
    timeouts: {
      timeoutMs: options.timeoutMs ?? defaultTimeouts.timeoutMs,
      idleTimeoutMs: options.idleTimeoutMs ?? defaultTimeouts.idleTimeoutMs,
    },
  };
}

/** The key: the option first, then the variable in `env`. Throws {@link InvalidOptionsError} naming both when one is needed and there is none. */
function findKey(factory: string, options: ConnectionOptions, { variable, keyOptional }: ConnectionDefaults): string | undefined {
  const key = options.apiKey ?? (variable === undefined ? undefined : options.env?.[variable]?.trim() || undefined);
  if (key !== undefined && isKey(key)) throw new InvalidOptionsError(`${factory}.apiKey`, `the value of ${variable} must be ${isKey(key)}`);
  if (key === undefined && !keyOptional) {
    const where = variable === undefined ? '' : `, or set ${variable} and pass { env: process.env }`;
    throw new InvalidOptionsError(`${factory}.apiKey`, `no key: pass { apiKey }${where}`);
  }
  return key;
}
