import type { Judge, Router } from '@cascadeflow/contract';
import type { Defaults } from './defaults.ts';

let loaded: Defaults | undefined;
let loading: Promise<void> | undefined;

/**
 * Loads the default judge and router, which takes longer than loading all of core: begun when an agent is made and waited for by its first run.
 * Returns nothing once they are there.
 */
export function loadDefaults(): Promise<void> | undefined {
  if (loaded) return undefined;
  if (!loading) {
    loading = import('./defaults.ts').then(({ defaults }) => {
      loaded = defaults;
    });
    // Every run that waits is told of a failure, and the next one tries again; before the first it must not count as unhandled.
    loading.catch(() => (loading = undefined));
  }
  return loading;
}

/** The defaults as functions that may be handed out before they are loaded, and called afterwards. */
export const lateDefaults: Defaults = {
  judge(options) {
    let judge: Judge | undefined;
    return (input) => (judge ??= there().judge(options))(input);
  },
  router(options) {
    let router: Router | undefined;
    return (input) => (router ??= there().router(options))(input);
  },
  progress: (input) => there().progress(input),
  modelJudge: { request: (input) => there().modelJudge.request(input), read: (reply) => there().modelJudge.read(reply) },
  estimateTokens: (text) => there().estimateTokens(text),
  validate: (schema, value) => there().validate(schema, value),
  toolRisk: (tool) => there().toolRisk(tool),
};

function there(): Defaults {
  if (!loaded) throw new Error('the defaults are used before they are loaded');
  return loaded;
}
