import type { Gateway } from '@cascadeflow/gateway';
import { type Environment, openGateway } from './gateway.ts';

// #region mount
let gateway: Gateway | undefined;

/** A Worker: keys are its secrets (`wrangler secret put OPENAI_API_KEY`). Budgets and limits are counted in each isolate by itself. */
export default {
  fetch(request: Request, env: Environment): Promise<Response> {
    return (gateway ??= openGateway(env)).fetch(request);
  },
};
// #endregion mount
