import type { CallOptions, Model, ModelEvent, ModelRequest } from '@cascadeflow/contract';

interface Deployment {
  readonly model: Model;
  calls: number;
  /** Share of late calls that failed, 0 to 1. */
  failures: number;
}

/** How fast a failure is forgotten: it counts half after about seven further calls. */
const forget = 0.1;

/**
 * One model out of several deployments or keys of it. Each call goes to the healthiest: fewest failures of late, then fewest calls under way.
 * A retry therefore goes to another deployment than the one that just failed.
 * @throws RangeError for an empty list.
 */
export function balance(models: readonly Model[]): Model {
  const first = models[0];
  if (!first) throw new RangeError('balance: give at least one model');
  const deployments = models.map((model): Deployment => ({ model, calls: 0, failures: 0 }));
  return {
    contract: 'v1',
    provider: first.provider,
    id: first.id,
    capabilities: first.capabilities,
    stream: (request, options) => call(healthiest(deployments), request, options),
  };
}

async function* call(deployment: Deployment, request: ModelRequest, options?: CallOptions): AsyncGenerator<ModelEvent> {
  deployment.calls++;
  let failed = 1;
  try {
    for await (const event of deployment.model.stream(request, options)) {
      if (event.type === 'end') failed = 0;
      yield event;
    }
  } finally {
    deployment.calls--;
    if (!options?.signal?.aborted || failed === 0) deployment.failures += forget * (failed - deployment.failures);
  }
}

/** Failures weigh more than load: ten calls under way count as much as a deployment that always fails. */
function healthiest(deployments: readonly Deployment[]): Deployment {
  return deployments.reduce((best, next) => (next.failures * 10 + next.calls < best.failures * 10 + best.calls ? next : best));
}
