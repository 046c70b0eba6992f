/** What one check found. `fail` means that runs will not work, `warn` that they will not be what one expects. */
export interface Finding {
  readonly about: 'node' | 'packages' | 'config' | 'keys' | 'endpoints' | 'prices' | 'calibration';
  readonly level: 'ok' | 'warn' | 'fail';
  readonly says: string;
  /** What to do about it. */
  readonly fix?: string;
}
