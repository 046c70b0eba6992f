import { InvalidOptionsError, type Model, type Price, type Provider } from '@cascadeflow/contract';

/** A provider whose models are those given, each under its own `id`; any other name is an error. */
export function scriptedProvider(
  id: string,
  models: readonly Model[],
  options: { readonly prices?: { readonly [name: string]: Price } } = {},
): Provider {
  const byName = new Map(models.map((model) => [model.id, model]));
  return {
    id,
    model(name) {
      const model = byName.get(name);
      if (model === undefined) {
        throw new InvalidOptionsError('name', `the scripted provider ${id} has no model ${name}, only ${[...byName.keys()].join(', ')}`);
      }
      return model;
    },
    price: (name) => options.prices?.[name],
  };
}
