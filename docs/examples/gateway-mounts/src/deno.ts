import process from 'node:process';
import { openGateway } from './gateway.ts';

// #region mount
/** `deno serve --allow-net --allow-env deno.ts` */
export default { fetch: openGateway(process.env).fetch };
// #endregion mount
