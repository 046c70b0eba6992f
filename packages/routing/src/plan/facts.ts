import type { Assessment, Complexity, Domain, RouterInput } from '@cascadeflow/contract';
import type { Needs } from './preflight.ts';

/** Everything a router knows about a request before it plans. */
export interface RoutingFacts {
  readonly input: RouterInput;
  readonly complexity: Assessment<Complexity>;
  readonly domain: Assessment<Domain>;
  readonly needs: Needs;
}

/** Probability that the request belongs to a domain, 0 when the classifier did not name it among its first. */
export function domainProbability(domain: Assessment<Domain>, label: string): number {
  if (domain.label === label) return domain.confidence;
  return domain.top?.find((entry) => entry.label === label)?.probability ?? 0;
}
