import { CascadeError, type Router } from '@cascadeflow/contract';
import { type PrivateKind, privateKinds } from './detect-private.ts';
import { privateIn } from './private-in.ts';

/**
 * A router that refuses requests with private things in them: the run fails with `content-blocked`, naming their kinds, before any model is
 * called. A run with `forceModel` asks no router.
 */
export function blockPrivate(router: Router, { kinds = privateKinds }: { readonly kinds?: readonly PrivateKind[] } = {}): Router {
  return (input) => {
    const found = privateIn(input.request.messages, kinds);
    if (found.size > 0) throw new CascadeError('content-blocked', `the request holds private data (${[...found].join(', ')}) and was not sent`);
    return router(input);
  };
}
