import type { Gateway } from '@cascadeflow/gateway';
import { openGateway } from '../../../../gateway.ts';

// #region mount
/** Copy this file to `app/v1/[...path]/route.ts`: clients then use your site's address with `/v1`. */
export const runtime = 'nodejs';
/** Nothing is rendered ahead of time. */
export const dynamic = 'force-dynamic';

let gateway: Gateway | undefined;

/** One gateway for all requests, opened at the first: a build must need no key. */
function answer(request: Request): Promise<Response> {
  return (gateway ??= openGateway(process.env)).fetch(request);
}

export { answer as GET, answer as OPTIONS, answer as POST };
// #endregion mount
