export type { CompatibleOptions } from './vllm.ts';
export { openaiCompatible, vllm } from './vllm.ts';
