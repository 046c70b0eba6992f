import type { LanguageModelV2, LanguageModelV3, LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4Content, LanguageModelV4StreamPart } from '@ai-sdk/provider';

/** Versions of the AI SDK's language model specification: `v2` is spoken by AI SDK 5, `v3` by 6, `v4` by 7. */
export type SpecVersion = 'v2' | 'v3' | 'v4';

/** A language model of any of these versions. */
export type AnyLanguageModel = LanguageModelV2 | LanguageModelV3 | LanguageModelV4;

/** Options of a call as the newest version writes them. The older versions' differ in files and tool results alone, which are read loosely. */
export type CallOptions = LanguageModelV4CallOptions;

/** A message of a prompt. */
export type PromptMessage = CallOptions['prompt'][number];

/** A piece of an answer, whole or streamed, of whatever version. */
export type AnswerPart = LanguageModelV4Content | LanguageModelV4StreamPart;

/** What a call gave, read loosely. */
export interface GenerateResult {
  readonly content: readonly LanguageModelV4Content[];
  readonly finishReason: unknown;
  readonly usage: unknown;
  readonly providerMetadata?: { readonly [provider: string]: unknown };
  readonly warnings?: readonly unknown[];
  readonly request?: unknown;
  readonly response?: { readonly id?: string; readonly modelId?: string };
}

const versions: readonly string[] = ['v2', 'v3', 'v4'] satisfies SpecVersion[];

/** True for language models of the AI SDK. */
export function isLanguageModel(value: unknown): value is AnyLanguageModel {
  if (typeof value !== 'object' || value === null) return false;
  const { specificationVersion, doGenerate, doStream } = value as { readonly [key: string]: unknown };
  return typeof specificationVersion === 'string' && versions.includes(specificationVersion) && typeof doGenerate === 'function' && typeof doStream === 'function';
}

/** The newest of several versions. */
export function newestVersion(found: readonly SpecVersion[]): SpecVersion | undefined {
  return found.toSorted().at(-1);
}
