import type { Message } from './message.ts';

/** A JSON Schema document (draft 2020-12 unless it says otherwise). */
export type JsonSchema = { readonly [key: string]: unknown };

/** What running a tool may do to the world. */
export type ToolRisk = 'read' | 'write' | 'destructive' | 'money';

/** A tool as a model sees it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments object. */
  readonly parameters: JsonSchema;
  /** Overrides the class that the tool router would infer. */
  readonly risk?: ToolRisk;
  /** Hints of the tool's author, in the words of the Model Context Protocol. */
  readonly annotations?: {
    readonly readOnlyHint?: boolean;
    readonly destructiveHint?: boolean;
    readonly idempotentHint?: boolean;
  };
}

/** Whether and which tool the model must call. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** The form the answer must have. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | {
      readonly type: 'json-schema';
      readonly name?: string;
      readonly schema: JsonSchema;
      /** Ask the vendor to enforce the schema while decoding. Default true where the vendor can. */
      readonly strict?: boolean;
    };

/** How hard a reasoning model should think. */
export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high';

/** What is asked of a model: one shape for every vendor. Absent means "the vendor's default". */
export interface ModelRequest {
  readonly messages: readonly Message[];
  /** 0 to 2. */
  readonly temperature?: number;
  /** Above 0, at most 1. */
  readonly topP?: number;
  /** Ceiling of output tokens, reasoning included. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly reasoningEffort?: ReasoningEffort;
  /** Number of alternatives per token that the judge would like; 0 asks for the chosen token's alone. Ignored by models without logprobs. */
  readonly topLogprobs?: number;
  /** End user's id, handed to the vendor for abuse detection. */
  readonly user?: string;
  /** Fields of the vendor's own wire, passed on as they are. */
  readonly extra?: { readonly [key: string]: unknown };
}
