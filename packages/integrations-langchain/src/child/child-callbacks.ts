import type { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { type BaseRunManager, CallbackManager, CallbackManagerForChainRun, type Callbacks } from '@langchain/core/callbacks/manager';
import { AsyncLocalStorageProviderSingleton } from '@langchain/core/singletons';

/** Tags that LangGraph takes as "not for the reader". */
export const silentTags = ['nostream', 'langsmith:nostream'];

/** Only this tracer wants the tokens of inner calls: it measures the time to the first. */
const tracerName = 'langchain_tracer';

const mutedHandlers = new WeakMap<BaseCallbackHandler, BaseCallbackHandler>();
const mutedFields = new Map<PropertyKey, unknown>([
  ['handleLLMNewToken', undefined],
  ['handleChatModelStreamEvent', undefined],
  ['lc_prefer_streaming', false],
  ['lc_prefer_chat_model_stream_events', false],
]);

/**
 * Callbacks for the runs of drafter and verifier: children of the cascade's own run. They report their start, end and failure; their tokens
 * are kept from the caller's handlers, because a draft's text is not the answer until it is accepted.
 */
export function childCallbacks(runManager: BaseRunManager | undefined): Callbacks | undefined {
  const manager = runManager ? CallbackManagerForChainRun.prototype.getChild.call(runManager as CallbackManagerForChainRun) : implicitCallbacks();
  if (!manager || !(manager instanceof CallbackManager)) return manager && [];
  manager.setHandlers(manager.inheritableHandlers.map(mute));
  return manager;
}

/** LangChain's newer event protocol starts models without a run manager; the surrounding run is then found where LangChain keeps it. */
function implicitCallbacks(): CallbackManager | [] | undefined {
  const config = AsyncLocalStorageProviderSingleton.getRunnableConfig() as { readonly callbacks?: Callbacks } | undefined;
  if (!config?.callbacks) return undefined;
  return Array.isArray(config.callbacks) ? [] : config.callbacks.copy();
}

function mute(handler: BaseCallbackHandler): BaseCallbackHandler {
  if (handler.name === tracerName) return handler;
  let muted = mutedHandlers.get(handler);
  if (!muted) {
    muted = new Proxy(handler, {
      get(target, field) {
        if (mutedFields.has(field)) return mutedFields.get(field);
        const value: unknown = Reflect.get(target, field, target);
        return typeof value === 'function' && field !== 'constructor' ? (value as (...args: unknown[]) => unknown).bind(target) : value;
      },
      has: (target, field) => !mutedFields.has(field) && Reflect.has(target, field),
    });
    mutedHandlers.set(handler, muted);
  }
  return muted;
}
