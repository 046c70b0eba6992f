export { cascade, type CascadeOptions } from './cascade.ts';
export { parseModelName, type NamedModel } from './model-name.ts';
export { openProvider, providerIds, type Environment, type ProviderSetup } from './provider-table.ts';

export { createTraceWriter, type TraceWriter, type TraceWriterOptions } from './trace-writer.ts';
export { CascadeAgent, tool } from '@cascadeflow/core';
export type {
  AgentOptions,
  AnyTool,
  ApprovalRequest,
  BatchItem,
  BatchOptions,
  BatchProgress,
  ModelConfig,
  ModelParameters,
  ReleaseMode,
  RunInput,
  RunOptions,
  Speculation,
  Tool,
  ToolContext,
  ToolOptions,
  TypedResult,
} from '@cascadeflow/core';
export { createJudge } from '@cascadeflow/quality';
export { createRouter } from '@cascadeflow/routing';
export { anthropic, type AnthropicOptions } from '@cascadeflow/providers-anthropic';
export { aiSdk, type AiSdkOptions, fromAiSdk, type FromAiSdkOptions } from '@cascadeflow/providers-ai-sdk';
export { groq, type GroqOptions } from '@cascadeflow/providers-groq';
export { huggingface, type HuggingFaceOptions } from '@cascadeflow/providers-huggingface';
export { litellm, type LiteLLMOptions } from '@cascadeflow/providers-litellm';
export { ollama, type OllamaOptions } from '@cascadeflow/providers-ollama';
export { openai, type OpenAIOptions } from '@cascadeflow/providers-openai';
export { together, type TogetherOptions } from '@cascadeflow/providers-together';
export { type CompatibleOptions, openaiCompatible, vllm } from '@cascadeflow/providers-vllm';

export {
  AbortedError,
  AllModelsFailedError,
  BudgetExceededError,
  CascadeError,
  DeadlineExceededError,
  InvalidOptionsError,
  MissingPackageError,
  ProviderError,
} from '@cascadeflow/contract';
export type {
  CascadeEvent,
  CascadeResult,
  CostSpec,
  Embedder,
  ErrorCode,
  Judge,
  Message,
  Model,
  ModelEvent,
  ModelRequest,
  Price,
  Provider,
  QualityTarget,
  Route,
  Router,
  Signal,
  ToolCall,
  ToolDefinition,
  Usage,
  Verdict,
} from '@cascadeflow/contract';
