export type { HuggingFaceOptions } from './huggingface.ts';
export { huggingface } from './huggingface.ts';
