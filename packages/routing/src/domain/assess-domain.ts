import type { Assessment, Domain, ModelRequest } from '@cascadeflow/contract';

/** Says what the request is about. */
export function assessDomain(request: ModelRequest): Assessment<Domain> | Promise<Assessment<Domain>> {
  for (const message of request.messages) {
    if (message.role === 'user' && typeof message.content !== 'string' && message.content.some((part) => part.type === 'image')) {
      return { label: 'multimodal', confidence: 1 };
    }
  }
  return { label: 'general', confidence: 0.2 };
}
