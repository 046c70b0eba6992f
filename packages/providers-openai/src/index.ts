export type { OpenAIClient } from './client.ts';
export type { OpenAIOptions } from './openai.ts';
export { openai } from './openai.ts';
