/** Stands in for n8n's SDK for AI nodes in unit tests: a model goes in, something that LangChain would call comes out. */
import type { ChatModelConfig, GenerateResult, Message, StreamChunk, Tool } from '@n8n/ai-node-sdk';

export abstract class BaseChatModel {
  readonly provider: string;
  readonly modelId: string;
  protected tools: Tool[];

  constructor(provider: string, modelId: string, _config?: ChatModelConfig, tools: Tool[] = []) {
    this.provider = provider;
    this.modelId = modelId;
    this.tools = tools;
  }

  abstract generate(messages: readonly Message[], config?: ChatModelConfig): Promise<GenerateResult>;
  abstract stream(messages: readonly Message[], config?: ChatModelConfig): AsyncIterable<StreamChunk>;

  withTools(tools: Tool[]): BaseChatModel {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as BaseChatModel, this, { tools });
  }
}

/** What the SDK makes of a model, by the part that the nodes touch. */
export class Adapter {
  readonly callbacks: unknown[];
  readonly model: BaseChatModel;

  constructor(model: BaseChatModel) {
    this.model = model;
    this.callbacks = [{ name: 'tracer of n8n' }];
  }

  bindTools(tools: Tool[]): Adapter {
    return new Adapter(this.model.withTools(tools));
  }

  _generate(messages: readonly Message[], options: ChatModelConfig): Promise<GenerateResult> {
    return this.model.generate(messages, options);
  }

  _streamResponseChunks(messages: readonly Message[], options: ChatModelConfig): AsyncIterable<StreamChunk> {
    return this.model.stream(messages, options);
  }
}

export function supplyModel(_context: unknown, model: BaseChatModel): { readonly response: Adapter } {
  return { response: new Adapter(model) };
}

export function getParametersJsonSchema(tool: Tool): unknown {
  return tool.inputSchema;
}
