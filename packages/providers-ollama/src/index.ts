export type { OllamaOptions, OllamaProvider } from './ollama.ts';
export { ollama } from './ollama.ts';
export type { OllamaSettings } from './to-ollama-body.ts';
