import { type BudgetStore, type Domain, InvalidOptionsError } from '@cascadeflow/contract';
import { CascadeAgent, createMemoryBudgetStore, type ModelConfig } from '@cascadeflow/core';
import { createRouter } from '@cascadeflow/routing';
import { toModel } from './child-model.ts';
import { isLangChainModel } from './lang-chain.ts';
import { portNames } from './ports.ts';
import { priceOf } from './price-of.ts';
import type { ChatModelSettings, PricedPort } from './read-settings.ts';

/** Executions whose spending is remembered; the oldest is forgotten. */
const rememberedExecutions = 1000;
const budgets = new Map<string, BudgetStore>();

/** What one execution has spent, however often its nodes ask for the model. */
function budgetOf(execution: string): BudgetStore {
  let store = budgets.get(execution);
  if (!store) {
    budgets.set(execution, (store = createMemoryBudgetStore()));
    const oldest = budgets.keys().next().value;
    if (budgets.size > rememberedExecutions && oldest !== undefined) budgets.delete(oldest);
  }
  return store;
}

/**
 * The cascade of the connected models, which come in the order of the node's inputs.
 * @throws InvalidOptionsError naming the input or the setting.
 */
export function openAgent(chatModels: readonly unknown[], settings: ChatModelSettings, execution: string): CascadeAgent {
  const ports = portNames({ secondDrafter: settings.secondDrafter, domainRouting: settings.domains.length > 0, domains: settings.domains });
  if (chatModels.length !== ports.length) {
    throw new InvalidOptionsError(ports[chatModels.length] ?? 'inputs', `connect a chat model to each of ${ports.join(', ')}, and a different node to each; ${chatModels.length} came`);
  }
  const [drafter, verifier, ...others] = chatModels.map((chatModel, index) => readPort(chatModel, ports[index] as string)) as [ModelConfig, ModelConfig, ...ModelConfig[]];
  const second = settings.secondDrafter ? others.shift() : undefined;
  const special = others.map((model, index): ModelConfig => ({ ...model, domains: [settings.domains[index] as Domain] }));
  const models = withNames([
    ...special,
    priced(drafter, settings, 'drafter'),
    ...(second ? [priced(second, settings, 'secondDrafter')] : []),
    priced(verifier, settings, 'verifier'),
  ]);
  const { quality, secondOpinion, release, speculation, policies, budget, deadlineMs, calibration } = settings;
  return new CascadeAgent({
    models,
    order: 'given',
    quality,
    secondOpinion,
    release,
    speculation,
    ...(Object.keys(policies).length > 0 && { router: createRouter({ policies }) }),
    ...(budget !== undefined && { budgets: { rules: [{ per: 'key', limit: budget }], store: budgetOf(execution) } }),
    ...(deadlineMs !== undefined && { deadlineMs }),
    ...(calibration && { calibration }),
  });
}

function readPort(chatModel: unknown, port: string): ModelConfig {
  if (!isLangChainModel(chatModel)) throw new InvalidOptionsError(port, 'what is connected is no chat model; connect a chat model node');
  const model = toModel(chatModel);
  const cost = priceOf(model.provider, model.id);
  return { name: model.id, model, ...(cost !== undefined && { cost }) };
}

function priced(model: ModelConfig, { prices }: ChatModelSettings, port: PricedPort): ModelConfig {
  const cost = prices[port];
  return cost === undefined ? model : { ...model, cost };
}

/** Two inputs may have the same model with other settings; the log then tells them by a number. */
function withNames(models: readonly ModelConfig[]): ModelConfig[] {
  const seen = new Map<string, number>();
  return models.map((model) => {
    const count = (seen.get(model.name) ?? 0) + 1;
    seen.set(model.name, count);
    return count === 1 ? model : { ...model, name: `${model.name} (${count})` };
  });
}
