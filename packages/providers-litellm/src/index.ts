export type { LiteLLMOptions, LiteLLMProvider } from './litellm.ts';
export { litellm } from './litellm.ts';
export type { ProxyModel } from './proxy-models.ts';
