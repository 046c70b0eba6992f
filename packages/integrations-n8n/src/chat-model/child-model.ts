import type { Message, Model, ModelEvent, ModelRequest } from '@cascadeflow/contract';
import { describeChatModel, toProviderError } from '@cascadeflow/langchain/wire';
import { AnswerReader } from './answer-reader.ts';
import type { LangChainModel, LangChainRunnable } from './lang-chain.ts';
import { toLangChainMessages } from './to-lang-chain-messages.ts';

/** What the calls of one run know of the node's caller. It travels with the request, so runs never share it. */
export interface RunContext {
  readonly streaming: boolean;
  /** The conversation as LangChain gave it to the node, where it did. */
  readonly originals?: ReadonlyMap<Message, unknown>;
  /** The latest thing a connected model threw, as it was thrown: n8n knows how to show its own errors. */
  lastError?: unknown;
}

/** A symbol, so that it is copied with the request but never written to JSON. */
const contextKey = Symbol('cascadeflow.n8n.run');

/** Vendor fields of a request that carry the context to the models. */
export function carry(context: RunContext): NonNullable<ModelRequest['extra']> {
  return { [contextKey]: context } as NonNullable<ModelRequest['extra']>;
}

/** A chat model that is connected to the node, as a Model of the cascade. It keeps its own credentials, settings and log in n8n. */
export function toModel(chatModel: LangChainModel): Model {
  const { provider, id, capabilities } = describeChatModel(chatModel as unknown as Parameters<typeof describeChatModel>[0]);
  return {
    contract: 'v1',
    provider,
    id,
    capabilities,
    async *stream(request, { signal } = {}): AsyncGenerator<ModelEvent, void, undefined> {
      const context = (request.extra as { readonly [contextKey]?: RunContext } | undefined)?.[contextKey];
      const streamed = context?.streaming === true;
      const reader = new AnswerReader(provider, id);
      try {
        const runnable = bind(chatModel, request);
        const messages = toLangChainMessages(request.messages, context?.originals);
        // No callbacks of the surrounding run: n8n streams every token of an inner model to the reader, also of a draft that is turned down.
        const config = { callbacks: [], tags: ['nostream'], ...(signal && { signal }), ...(request.stop && { stop: [...request.stop] }) };
        if (streamed) for await (const piece of await runnable.stream(messages, config)) yield* reader.read(piece);
        else yield* reader.read(await runnable.invoke(messages, config));
        if (signal?.aborted) throw signal.reason;
        yield* reader.end(streamed);
      } catch (error) {
        if (context) context.lastError = error;
        throw toProviderError(error, provider, id);
      }
    },
  };
}

function bind(chatModel: LangChainModel, { tools, toolChoice }: ModelRequest): LangChainRunnable {
  if (!tools || tools.length === 0) return chatModel;
  if (typeof chatModel.bindTools !== 'function') throw new Error('This chat model cannot call tools');
  const forms = tools.map(({ name, description, parameters }) => ({ type: 'function', function: { name, parameters, ...(description !== undefined && { description }) } }));
  return chatModel.bindTools(forms, toolChoice === undefined ? {} : { tool_choice: typeof toolChoice === 'object' ? toolChoice.name : toolChoice === 'required' ? 'any' : toolChoice });
}
