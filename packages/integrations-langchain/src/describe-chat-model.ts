import { type Capabilities, InvalidOptionsError } from '@cascadeflow/contract';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';

/** What a chat model says of itself. */
export interface ChatModelFacts {
  readonly provider: string;
  readonly id: string;
  readonly capabilities: Capabilities;
}

/**
 * Reads name, provider and abilities off a chat model.
 * @throws InvalidOptionsError when it is no chat model, at `path`.
 */
export function describeChatModel(chatModel: BaseChatModel, path = 'chatModel'): ChatModelFacts {
  if (typeof chatModel !== 'object' || chatModel === null || typeof chatModel._generate !== 'function' || typeof chatModel._llmType !== 'function') {
    const name = (chatModel as { constructor?: { name?: string } } | null | undefined)?.constructor?.name ?? typeof chatModel;
    throw new InvalidOptionsError(path, `expected a LangChain chat model, got ${name}; bind tools, schemas and settings to the cascade, not to its models`);
  }
  const traced = tracedNames(chatModel);
  const own = chatModel as unknown as { readonly model?: unknown; readonly modelName?: unknown };
  const id = [traced.id, own.model, own.modelName].find((name) => typeof name === 'string' && name !== '');
  return { provider: traced.provider ?? chatModel._llmType(), id: id === undefined ? chatModel.getName() : (id as string), capabilities: readCapabilities(chatModel) };
}

function tracedNames(chatModel: BaseChatModel): { readonly provider?: string | undefined; readonly id?: string | undefined } {
  try {
    const { ls_provider: provider, ls_model_name: id } = chatModel.getLsParams({} as never);
    return { provider, id };
  } catch {
    return {};
  }
}

/** LangChain's profile of a model where its package has one. Only what is known is said. */
function readCapabilities(chatModel: BaseChatModel): Capabilities {
  const profile = chatModel.profile ?? {};
  const tools = typeof chatModel.bindTools === 'function' ? profile.toolCalling : false;
  return {
    ...(tools !== undefined && { tools }),
    ...(profile.imageInputs !== undefined && { vision: profile.imageInputs }),
    ...(profile.maxInputTokens !== undefined && { contextWindow: profile.maxInputTokens }),
    ...(profile.maxOutputTokens !== undefined && { maxOutputTokens: profile.maxOutputTokens }),
  };
}
