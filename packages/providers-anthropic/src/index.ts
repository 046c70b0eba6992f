export type { AnthropicClient } from './client.ts';
export type { AnthropicOptions } from './anthropic.ts';
export { anthropic } from './anthropic.ts';
