import { openGateway } from './gateway.ts';

// #region mount
/** `bun run bun.ts`: Bun serves what a file exports by default. */
export default {
  fetch: openGateway(process.env).fetch,
  hostname: '127.0.0.1',
  port: Number(process.env['PORT'] ?? 8787),
  /** Bun closes connections that are silent for 10 s; a reasoning model may think longer. */
  idleTimeout: 0,
};
// #endregion mount
