export type { AiSdkModel, AiSdkProvider, SpecificationVersion } from './language-model.ts';
export type { AiSdkOptions } from './ai-sdk.ts';
export { aiSdk } from './ai-sdk.ts';
export type { FromAiSdkOptions } from './from-ai-sdk.ts';
export { fromAiSdk } from './from-ai-sdk.ts';
