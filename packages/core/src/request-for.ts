import type { ModelRequest } from '@cascadeflow/contract';
import type { Tier } from './tiers.ts';

/** The request with the model's own settings filled in where the run says nothing. */
export function requestFor(tier: Tier, request: ModelRequest): ModelRequest {
  const { parameters, maxTokens, info } = tier;
  const topLogprobs = request.topLogprobs ?? (info.capabilities.logprobs ? wantedLogprobs : undefined);
  if (maxTokens === undefined && topLogprobs === request.topLogprobs && isEmpty(parameters)) return request;
  return {
    ...parameters,
    ...request,
    ...(maxTokens !== undefined && { maxTokens: Math.min(maxTokens, request.maxTokens ?? maxTokens) }),
    ...(topLogprobs !== undefined && { topLogprobs }),
    ...(parameters.extra && { extra: { ...parameters.extra, ...request.extra } }),
  };
}

function isEmpty(object: object): boolean {
  for (const _ in object) return false;
  return true;
}

/** Alternatives per token the judge can use: the margin needs two, answer options a few more. */
const wantedLogprobs = 5;
