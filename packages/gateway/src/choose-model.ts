import type { ModelInfo } from '@cascadeflow/contract';
import type { CascadeAgent } from '@cascadeflow/core';
import { GatewayError } from './errors/gateway-error.ts';

/** Who answers a request. */
export interface Choice {
  readonly agent: CascadeAgent;
  /** Set when one model was named rather than a cascade. */
  readonly forceModel?: string;
  /** The models that may come to answer. */
  readonly models: readonly ModelInfo[];
}

/** Names of models and cascades, and what they mean. */
export interface Directory {
  /** Every name a client may use, in the order of the configuration. */
  readonly names: readonly string[];
  /** @throws GatewayError when nothing has that name. */
  choose(name: string): Choice;
}

/** Name of the default cascade. */
const defaultName = 'cascade';

/** Builds the directory. An alias wins over a model's own name; the first cascade that has a model answers for it. */
export function createDirectory(
  cascades: { readonly [name: string]: CascadeAgent },
  defaultCascade: string,
  aliases: { readonly [model: string]: string },
): Directory {
  const choices = new Map<string, Choice>();
  const add = (name: string, choice: Choice) => void (choices.has(name) || choices.set(name, choice));
  const agents = [cascades[defaultCascade] as CascadeAgent, ...Object.values(cascades)];
  add(defaultName, toCascade(agents[0] as CascadeAgent));
  for (const [name, agent] of Object.entries(cascades)) add(`${defaultName}:${name}`, toCascade(agent));
  for (const agent of agents) {
    for (const model of agent.models) {
      const choice = { agent, forceModel: model.name, models: [model] };
      add(model.name, choice);
      add(`${model.provider}/${model.name}`, choice);
    }
  }
  for (const [alias, name] of Object.entries(aliases)) {
    const choice = choices.get(name);
    if (choice) choices.set(alias, choice);
  }
  const names = [...choices.keys()];
  return {
    names,
    choose(name) {
      const choice = choices.get(name);
      if (choice) return choice;
      throw new GatewayError('not-found', `The model ${JSON.stringify(name.slice(0, 100))} does not exist; ask for "cascade" or a name that GET /v1/models lists.`, {
        param: 'model',
        code: 'model_not_found',
      });
    },
  };
}

function toCascade(agent: CascadeAgent): Choice {
  return { agent, models: agent.models };
}
