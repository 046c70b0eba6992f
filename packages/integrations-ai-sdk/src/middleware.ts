import type { CostSpec } from '@cascadeflow/contract';
import { cascade, type CascadeOptions } from './cascade.ts';
import type { MemberSpec } from './members.ts';
import type { AnyLanguageModel, CallOptions } from './spec/language-model.ts';

/** Options of {@link cascadeMiddleware}. The wrapped model is the verifier. */
export interface CascadeMiddlewareOptions extends Omit<CascadeOptions, 'verifier'> {
  readonly drafter: MemberSpec;
  /** Price of the wrapped model. */
  readonly verifierCost?: CostSpec;
}

/** What a middleware is handed with each call. */
interface WrappedCall {
  readonly params: unknown;
  readonly model: unknown;
}

/** A middleware for `wrapLanguageModel` of the AI SDK 5, 6 and 7. */
export interface CascadeMiddleware {
  readonly specificationVersion: 'v4';
  wrapGenerate<Answer>(call: WrappedCall & { readonly doGenerate: () => PromiseLike<Answer> }): Promise<Answer>;
  wrapStream<Answer>(call: WrappedCall & { readonly doStream: () => PromiseLike<Answer> }): Promise<Answer>;
}

interface Doors {
  doGenerate(options: CallOptions): Promise<unknown>;
  doStream(options: CallOptions): Promise<unknown>;
}

/** Puts a drafter in front of the language model that is wrapped: it answers only where the draft is not good enough. */
export function cascadeMiddleware(options: CascadeMiddlewareOptions): CascadeMiddleware {
  const { verifierCost, ...rest } = options;
  const cascades = new WeakMap<object, Doors>();
  const cascadeFor = (model: AnyLanguageModel): Doors => {
    let made = cascades.get(model);
    if (!made) {
      const verifier = { model, ...(verifierCost !== undefined && { cost: verifierCost }) };
      // The wrapped model's version is the one its options are written in.
      made = cascade<AnyLanguageModel>({ ...rest, verifier, specification: model.specificationVersion }) as unknown as Doors;
      cascades.set(model, made);
    }
    return made;
  };
  return {
    specificationVersion: 'v4',
    wrapGenerate: ({ params, model }) => cascadeFor(model as AnyLanguageModel).doGenerate(params as CallOptions) as Promise<never>,
    wrapStream: ({ params, model }) => cascadeFor(model as AnyLanguageModel).doStream(params as CallOptions) as Promise<never>,
  };
}
