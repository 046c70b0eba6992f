import type { Domain, SecondOpinion } from '@cascadeflow/contract';
import { domainProbability } from './domain-probability.ts';
import type { RoutingFacts } from './facts.ts';

/** What is done differently for requests of one domain. */
export interface DomainPolicy {
  /** Bar an accepted draft must reach in this domain, 0 to 1. */
  readonly minProbability?: number;
  /** `true`: straight to the dearest capable model. A name: straight to that model. */
  readonly direct?: boolean | string;
  /** Names of the models that may answer; the others are left out. */
  readonly models?: readonly string[];
  /** May only narrow what the caller asked for. */
  readonly secondOpinion?: SecondOpinion;
  /** Probability of the domain from which the policy holds. Default: `defaultPolicyConfidence`. */
  readonly minConfidence?: number;
}

/** One policy per domain, as plain data. */
export type DomainPolicies = { readonly [Name in Domain]?: DomainPolicy };

/** A policy holds from an even chance on: it is usually there for safety, so it need not be sure. */
export const defaultPolicyConfidence = 0.5;

/** A policy that holds for a request, with the domain it came from. */
export interface AppliedPolicy {
  readonly domain: Domain;
  readonly probability: number;
  readonly policy: DomainPolicy;
}

/** Finds the policy that holds for a request: that of the likeliest domain which reaches its `minConfidence`. */
export function choosePolicy(policies: DomainPolicies | undefined, facts: RoutingFacts): AppliedPolicy | undefined {
  let best: AppliedPolicy | undefined;
  for (const [name, policy] of Object.entries(policies ?? {}) as [Domain, DomainPolicy | undefined][]) {
    if (!policy) continue;
    const probability = domainProbability(facts.domain, name);
    if (probability >= (policy.minConfidence ?? defaultPolicyConfidence) && (!best || probability > best.probability)) {
      best = { domain: name, probability, policy };
    }
  }
  return best;
}
