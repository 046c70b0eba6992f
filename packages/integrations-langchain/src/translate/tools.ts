import type { ToolChoice, ToolDefinition } from '@cascadeflow/contract';
import type { BindToolsInput } from '@langchain/core/language_models/chat_models';
import { convertToOpenAITool, isLangChainTool } from '@langchain/core/utils/function_calling';

/** A tool in one of the forms that vendors' packages take. */
interface VendorTool {
  readonly type?: string;
  readonly name?: string;
  readonly description?: string;
  readonly function?: { readonly name: string; readonly description?: string; readonly parameters?: { readonly [key: string]: unknown } };
  readonly input_schema?: { readonly [key: string]: unknown };
  readonly parameters?: { readonly [key: string]: unknown };
}

const anyObject = { type: 'object' } as const;
const definitions = new WeakMap<readonly BindToolsInput[], readonly ToolDefinition[]>();

/** LangChain tools as routers and judges see them; a vendor's built-in tool is its name alone. Remembered by list. */
export function toToolDefinitions(tools: readonly BindToolsInput[]): readonly ToolDefinition[] {
  let known = definitions.get(tools);
  if (!known) definitions.set(tools, (known = tools.map(toDefinition)));
  return known;
}

function toDefinition(tool: BindToolsInput): ToolDefinition {
  const vendor = (isLangChainTool(tool) ? convertToOpenAITool(tool) : tool) as VendorTool;
  const { name, description, parameters } = vendor.function ?? { ...vendor, parameters: vendor.input_schema ?? vendor.parameters };
  return { name: name ?? vendor.type ?? 'tool', parameters: parameters ?? anyObject, ...(description && { description }) };
}

/** A tool in OpenAI's form, which every vendor's package takes. */
export function toBindable({ name, description, parameters }: ToolDefinition): BindToolsInput {
  return { type: 'function', function: { name, parameters, ...(description !== undefined && { description }) } };
}

/** LangChain's `tool_choice`, in any vendor's spelling. */
export function toToolChoice(choice: unknown): ToolChoice | undefined {
  if (choice === undefined || choice === null) return undefined;
  if (typeof choice === 'string') return choice === 'any' || choice === 'required' ? 'required' : choice === 'auto' || choice === 'none' ? choice : { name: choice };
  const { type, name, function: called } = choice as { readonly type?: string; readonly name?: string; readonly function?: { readonly name?: string } };
  const named = called?.name ?? name;
  if (named !== undefined) return { name: named };
  return type === undefined ? undefined : toToolChoice(type);
}

/** The contract's tool choice in the words of LangChain. */
export function fromToolChoice(choice: ToolChoice): string {
  return typeof choice === 'object' ? choice.name : choice === 'required' ? 'any' : choice;
}
