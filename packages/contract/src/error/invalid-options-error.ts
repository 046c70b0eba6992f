import { CascadeError } from './cascade-error.ts';

/** Thrown before any call is made when an option, a message or a file's field is wrong. The message names the path and the fix. */
export class InvalidOptionsError extends CascadeError {
  /** Where the bad value stands, `models[1].cost`. */
  readonly path: string;

  constructor(path: string, message: string, options?: { readonly cause?: unknown }) {
    super('invalid-options', path === '' ? message : `${path}: ${message}`, options);
    this.name = 'InvalidOptionsError';
    this.path = path;
  }
}
