export type { GroqOptions } from './groq.ts';
export { groq } from './groq.ts';
