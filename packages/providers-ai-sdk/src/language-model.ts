/** Versions of the AI SDK's language model specification that are understood: AI SDK 5, 6 and 7. */
export type SpecificationVersion = 'v2' | 'v3' | 'v4';

/** A language model of the AI SDK, as its packages export it; only what is used is asked for. */
export interface AiSdkModel {
  readonly specificationVersion: SpecificationVersion;
  /** `openai.chat`, `anthropic.messages`. */
  readonly provider: string;
  readonly modelId: string;
  doStream(options: never): unknown;
  doGenerate(options: never): unknown;
}

/** A provider of the AI SDK: callable with a model's name, or with `languageModel`. */
export type AiSdkProvider = ((modelId: string) => AiSdkModel) | { languageModel(modelId: string): AiSdkModel };

/** What {@link AiSdkModel} does, seen from our side: parts of unknown shape, read loosely. */
export interface CallableModel {
  doStream(options: object): PromiseLike<{ readonly stream: ReadableStream<unknown>; readonly response?: unknown }>;
  doGenerate(options: object): PromiseLike<{ readonly [key: string]: unknown }>;
}

/** The vendor of a model: the first part of its provider's name. */
export function vendorOf(model: AiSdkModel): string {
  return model.provider.split('.')[0] ?? model.provider;
}
