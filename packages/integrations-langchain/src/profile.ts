import type { ModelProfile } from '@langchain/core/language_models/profile';

/** What all of several models can do: the smaller of two numbers, a capability only where every model has it. What one does not say is left out. */
export function mergeProfiles(profiles: readonly ModelProfile[]): ModelProfile {
  const [first = {}, ...others] = profiles as readonly { readonly [ability: string]: unknown }[];
  const merged: { [ability: string]: unknown } = {};
  for (const [ability, value] of Object.entries(first)) {
    const all = [value, ...others.map((profile) => profile[ability])];
    if (all.every((one) => typeof one === 'number')) merged[ability] = Math.min(...all);
    else if (all.every((one) => typeof one === 'boolean')) merged[ability] = all.every(Boolean);
  }
  return merged as ModelProfile;
}
