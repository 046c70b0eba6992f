import type { Assessment, Domain } from '@cascadeflow/contract';

/** Probability that the request belongs to a domain, 0 when the classifier did not name it among its first. */
export function domainProbability(domain: Assessment<Domain>, label: string): number {
  if (domain.label === label) return domain.confidence;
  return domain.top?.find((entry) => entry.label === label)?.probability ?? 0;
}
