import type { CostSpec } from '@cascadeflow/contract';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { CascadeChatModel } from './chat-model.ts';
import type { MemberSpec } from './members.ts';
import { withCascade, type WithCascadeOptions } from './with-cascade.ts';

/** The part of an agent's model call that the middleware changes. */
interface ModelCall {
  readonly model: unknown;
}

/** A middleware for `createAgent`, in the shape that `createMiddleware` of `langchain` gives; that package is not needed to make it. */
export interface CascadeMiddleware {
  readonly name: string;
  wrapModelCall<Call extends ModelCall, Answer>(call: Call, handler: (call: Call) => Answer): Answer;
}

/** Options of {@link cascadeMiddleware}. Without a verifier, the agent's own model is the verifier. */
export interface CascadeMiddlewareOptions extends Omit<WithCascadeOptions, 'verifier'> {
  readonly drafter: MemberSpec;
  readonly verifier?: MemberSpec;
  /** Price of the agent's own model where it is the verifier. */
  readonly verifierCost?: CostSpec;
}

/** The brand by which `langchain` knows middlewares. */
const brand = Symbol.for('AgentMiddleware');

/**
 * Puts a drafter in front of an agent's model: every model call of the agent becomes a cascade. Tools and structured output work as before.
 * @throws InvalidOptionsError from the first model call on when the agent's model is the drafter itself.
 */
export function cascadeMiddleware(options: CascadeMiddlewareOptions): CascadeMiddleware {
  const { verifierCost, ...rest } = options;
  const cascades = new WeakMap<object, CascadeChatModel>();
  const cascadeFor = (agentModel: BaseChatModel): CascadeChatModel => {
    let cascade = cascades.get(agentModel);
    if (!cascade) {
      const own = { chatModel: agentModel, ...(verifierCost !== undefined && { cost: verifierCost }) };
      cascades.set(agentModel, (cascade = withCascade({ ...rest, verifier: rest.verifier ?? own })));
    }
    return cascade;
  };
  return {
    [brand]: true,
    name: 'CascadeMiddleware',
    wrapModelCall: (call, handler) => handler({ ...call, model: cascadeFor(call.model as BaseChatModel) }),
  } as CascadeMiddleware;
}
