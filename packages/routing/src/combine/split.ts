import { InvalidOptionsError, type Router, type RouterInput } from '@cascadeflow/contract';

/** One arm of a split. */
export interface SplitArm {
  readonly router: Router;
  /** Share of the traffic; the shares of all arms need not add up to 1. */
  readonly share: number;
}

/** How a split assigns requests. */
export interface SplitOptions {
  /** What stays on one arm; default the session, or without one each request by itself. */
  readonly key?: (input: RouterInput) => string | undefined;
  /** Numbers from 0 to 1 for requests without a key. Default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Divides traffic among routers by share. Requests with the same key, by default the session, always take the same arm.
 *
 * @throws InvalidOptionsError when there is no arm, or a share is negative or not finite, or all are 0.
 */
export function split(arms: readonly SplitArm[], options: SplitOptions = {}): Router {
  arms.forEach(({ share }, index) => {
    if (!Number.isFinite(share) || share < 0) throw new InvalidOptionsError(`arms[${index}].share`, `give a share of 0 or more; got ${share}`);
  });
  const total = arms.reduce((sum, arm) => sum + arm.share, 0);
  if (!(total > 0)) throw new InvalidOptionsError('arms', 'give at least one arm with a share above 0');
  const random = options.random ?? Math.random;
  return (input) => {
    const key = options.key ? options.key(input) : input.sessionId;
    let rest = (key === undefined ? random() : toShare(key)) * total;
    for (const arm of arms) {
      rest -= arm.share;
      if (rest < 0) return arm.router(input);
    }
    return arms.at(-1)?.router(input);
  };
}

/** A key as a number from 0 to 1: FNV-1a with a final mix. */
function toShare(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967296;
}
