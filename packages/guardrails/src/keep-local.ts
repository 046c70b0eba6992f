import { CascadeError, InvalidOptionsError, type Router } from '@cascadeflow/contract';
import { type PrivateKind, privateKinds } from './detect-private.ts';
import { privateIn } from './private-in.ts';

/** Which models may see private things. */
export interface KeepLocalOptions {
  /** Names of the models that run where the data may go. */
  readonly models: readonly string[];
  /** Default: all. */
  readonly kinds?: readonly PrivateKind[];
}

/**
 * A router that sends requests with private things in them to local models alone: every other model is excluded, also as a stand-in or a judge.
 * Without a local model among those configured such a request fails with `content-blocked`. A run with `forceModel` asks no router.
 * @throws InvalidOptionsError without models.
 */
export function keepLocal(router: Router, { models, kinds = privateKinds }: KeepLocalOptions): Router {
  if (models.length === 0) throw new InvalidOptionsError('models', 'name at least one model that may see private data');
  const local = new Set(models);
  return async (input) => {
    const found = privateIn(input.request.messages, kinds);
    if (found.size === 0) return router(input);
    const reason = `the request holds private data (${[...found].join(', ')}), which stays on local models`;
    const allowed = input.models.filter((model) => local.has(model.name));
    if (allowed.length === 0) throw new CascadeError('content-blocked', `${reason}, and none is configured`);
    const route = await router({ ...input, models: allowed });
    const tiers = (route?.plan.tiers ?? []).filter((tier) => allowed.some((model) => model.tier === tier));
    const planned = tiers.length > 0 ? tiers : allowed.map((model) => model.tier);
    const excluded = input.models.filter((model) => !local.has(model.name)).map((model) => ({ model: model.name, reason }));
    return {
      complexity: route?.complexity ?? { label: 'unknown', confidence: 0 },
      domain: route?.domain ?? { label: 'general', confidence: 0 },
      plan: { secondOpinion: input.secondOpinion, ...route?.plan, tiers: planned, start: planned.length > 1 ? (route?.plan.start ?? 'draft') : 'direct', excluded: [...(route?.plan.excluded ?? []), ...excluded] },
      reasons: [reason, ...(route?.reasons ?? [])],
    };
  };
}
