import type { JsonSchema, ToolCall, ToolDefinition, ToolRisk } from '@cascadeflow/contract';
import { isStandardSchema, type StandardSchema, toJsonSchema } from './schema.ts';

/** What a running tool is told besides its arguments. */
export interface ToolContext {
  /** Aborted when the run is. */
  readonly signal: AbortSignal;
  readonly toolCallId: string;
  readonly runId: string;
}

/** Asked of `onApproval` before a risky tool runs. */
export interface ApprovalRequest {
  readonly call: ToolCall;
  readonly risk: ToolRisk;
  /** Model that made the call. */
  readonly model: string;
  readonly runId: string;
}

/** A tool with its code. Without `execute` the call is handed to the caller. */
export interface Tool<Arguments = unknown> extends ToolDefinition {
  readonly execute?: (args: Arguments, context: ToolContext) => unknown;
  /** Checks arguments that a library's schema describes. */
  readonly schema?: StandardSchema<Arguments>;
}

/** A tool whatever its arguments. */
export type AnyTool = Omit<Tool, 'execute' | 'schema'> & {
  readonly execute?: (args: never, context: ToolContext) => unknown;
  readonly schema?: StandardSchema;
};

/** What {@link tool} takes. */
export interface ToolOptions<Arguments> extends Omit<ToolDefinition, 'parameters'> {
  /** A schema of a validation library, or a JSON Schema object. */
  readonly parameters: StandardSchema<Arguments> | JsonSchema;
  /** Runs the tool. What it returns goes to the model as text or JSON; what it throws goes to the model as an error. */
  readonly execute?: (args: Arguments, context: ToolContext) => unknown;
}

/**
 * Makes a tool. With a library's schema the arguments of `execute` are typed by it.
 * @throws InvalidOptionsError when the schema cannot be turned into JSON Schema.
 */
export function tool<Arguments>(options: ToolOptions<Arguments>): Tool<Arguments> {
  const { parameters, ...rest } = options;
  if (!isStandardSchema(parameters)) return { ...rest, parameters };
  return { ...rest, parameters: toJsonSchema(parameters, `tool ${options.name}: parameters`), schema: parameters };
}
