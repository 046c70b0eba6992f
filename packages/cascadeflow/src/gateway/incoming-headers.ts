import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHeaders } from '@cascadeflow/gateway';

/** The headers that Node has read, asked for as `Headers` are. */
export class IncomingHeaders implements RequestHeaders {
  readonly #fields: IncomingHttpHeaders;

  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields;
  }

  get(name: string): string | null {
    const value = this.#fields[name.toLowerCase()];
    return value === undefined ? null : String(value);
  }

  has(name: string): boolean {
    return this.#fields[name.toLowerCase()] !== undefined;
  }

  [Symbol.iterator](): Iterator<[name: string, value: string]> {
    return Object.keys(this.#fields).map((name): [string, string] => [name, String(this.#fields[name])])[Symbol.iterator]();
  }
}
