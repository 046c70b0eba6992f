import { InvalidOptionsError } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { type ConnectionOptions, parseConnection } from './options.ts';

const defaults = { id: 'acme', baseURL: 'https://api.acme.test/v1', variable: 'ACME_KEY' };
const parse = (options: object) => parseConnection('acme', options as ConnectionOptions, defaults);
const fault = (options: object): InvalidOptionsError => {
  try {
    parse(options);
  } catch (error) {
    return error as InvalidOptionsError;
  }
  throw new Error('nothing was thrown');
};

describe('parseConnection', () => {
  it('fills in what is not said', () => {
    expect(parse({ apiKey: 'k' })).toMatchObject({ id: 'acme', baseURL: 'https://api.acme.test/v1', apiKey: 'k', timeouts: { timeoutMs: 600_000 } });
    expect(parse({ apiKey: 'k', baseURL: 'http://127.0.0.1:1/v1//', timeoutMs: 5 })).toMatchObject({ baseURL: 'http://127.0.0.1:1/v1', timeouts: { timeoutMs: 5 } });
  });

  it.each([
    [{ apiKey: 'k', apikey: 'k' }, 'acme.apikey', /unknown option; known are apiKey/],
    [{ apiKey: 'k', baseURL: 'api.acme.test' }, 'acme.baseURL', /http or https address/],
    [{ apiKey: 'k', timeoutMs: 0 }, 'acme.timeoutMs', /milliseconds above 0/],
    [{ apiKey: 'k', headers: { a: 1 } }, 'acme.headers', /header names and strings/],
    [{ apiKey: 'k', headers: { a: 'x\r\nb: y' } }, 'acme.headers', /header names and strings/],
    [{ apiKey: 'k', prices: { m: -1 } }, 'acme.prices', /model names and prices/],
    [{ apiKey: '' }, 'acme.apiKey', /printable/],
    [{}, 'acme.apiKey', /no key: pass \{ apiKey \}, or set ACME_KEY and pass \{ env: process.env \}/],
  ])('%j is refused at %s', (options, path, message) => {
    expect(fault(options)).toBeInstanceOf(InvalidOptionsError);
    expect(fault(options).path).toBe(path);
    expect(fault(options).message).toMatch(message);
  });

  it('never repeats a key, however wrong it is', () => {
    expect(fault({ apiKey: 'sk-secret\nline' }).message).not.toContain('secret');
    expect(fault({ env: { ACME_KEY: 'sk secret' } }).message).not.toContain('secret');
  });

  it('looks into the environment only when it is handed in', () => {
    expect(parse({ env: { ACME_KEY: ' from-env ' } }).apiKey).toBe('from-env');
    expect(parse({ apiKey: 'given', env: { ACME_KEY: 'from-env' } }).apiKey).toBe('given');
  });
});
