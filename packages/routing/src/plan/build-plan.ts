import type { Exclusion, ModelInfo, Plan, SecondOpinion } from '@cascadeflow/contract';
import { acceptChance } from './accept-chance.ts';
import { draftPays, expectedCost } from './expected-cost.ts';
import { domainProbability } from './domain-probability.ts';
import type { RoutingFacts } from './facts.ts';
import { choosePolicy, type DomainPolicies } from './policy.ts';
import { checkCapabilities, noCapableModel } from './preflight.ts';
import { ruleHolds, toAction, type RoutingRule } from './rule.ts';

/** What a plan is built from besides the facts. */
export interface PlanOptions {
  readonly policies?: DomainPolicies;
  readonly rules?: readonly RoutingRule[];
}

/** A plan with the reasons for it. */
export interface ReasonedPlan {
  readonly plan: Plan;
  readonly reasons: readonly string[];
}

/** A specialist stays in the plan when its domains have at least this probability together. Chosen by hand: one chance in five. */
const specialistBar = 0.2;
const narrowness: { readonly [Name in SecondOpinion]: number } = { off: 0, auto: 1, always: 2 };

/** What a rule or a policy has ordered, in one form. */
interface Orders {
  readonly models?: readonly string[];
  readonly start?: 'draft' | 'direct';
  readonly minProbability?: number;
  readonly secondOpinion?: SecondOpinion;
  readonly reason?: string;
  readonly fixedModels: boolean;
}

/** Decides which models may answer, in which order, and whether to draft first. Throws `no-capable-model` when nobody is left. */
export function buildPlan(facts: RoutingFacts, options: PlanOptions): ReasonedPlan {
  const { input } = facts;
  const { capable, excluded } = checkCapabilities(input.models, facts.needs);
  const orders = readOrders(facts, options);
  const left: Exclusion[] = [...excluded];
  let models = keepNamed(capable, orders, left);
  if (!orders.fixedModels) models = keepSuited(models, facts, left);
  const reasons: string[] = orders.reason === undefined ? [] : [orders.reason];
  const planOf = (tiers: readonly ModelInfo[], start: Plan['start'], acceptChance?: number): ReasonedPlan => {
    const plan: { -readonly [Field in keyof Plan]: Plan[Field] } = {
      tiers: tiers.map((model) => model.tier), start, secondOpinion: narrower(input.secondOpinion, orders.secondOpinion), excluded: left,
    };
    if (acceptChance !== undefined) plan.acceptChance = acceptChance;
    if (orders.minProbability !== undefined) plan.minProbability = orders.minProbability;
    return { plan, reasons };
  };
  if (orders.start === 'direct') {
    return planOf(orders.fixedModels ? models : models.slice(-1), 'direct');
  }
  const verifier = models[models.length - 1] as ModelInfo;
  if (models.length === 1) {
    reasons.push(`${verifier.name} is the only model left, so it answers at once`);
    return planOf([verifier], 'direct');
  }
  const paying = orders.start === 'draft' ? models.slice(0, -1) : keepPaying(models, facts);
  const drafters = preferSpecialists(paying, facts);
  const chance = acceptChance(facts, drafters[0] ?? models[0]);
  if (paying.length === 0) {
    reasons.push(
      `drafting does not pay: the chance of acceptance is about ${percent(chance)}, and the cheapest draft costs more than that share of ${verifier.name}`,
    );
    return planOf([verifier], 'direct', chance);
  }
  reasons.push(`${drafters[0]?.name} drafts first: about ${percent(chance)} of such drafts are accepted`);
  return planOf([...drafters, verifier], 'draft', chance);
}

function readOrders(facts: RoutingFacts, options: PlanOptions): Orders {
  const rule = options.rules?.find((candidate) => ruleHolds(candidate, facts));
  if (rule) {
    const action = toAction(rule.use);
    return { ...action, reason: rule.reason ?? 'a routing rule holds', fixedModels: action.models !== undefined };
  }
  const applied = choosePolicy(options.policies, facts);
  if (!applied) return { fixedModels: false };
  const { policy, domain, probability } = applied;
  const direct = policy.direct !== undefined && policy.direct !== false;
  const models = typeof policy.direct === 'string' ? [policy.direct] : policy.models;
  return {
    ...(models && { models }),
    ...(direct && { start: 'direct' as const }),
    ...(policy.minProbability !== undefined && { minProbability: policy.minProbability }),
    ...(policy.secondOpinion && { secondOpinion: policy.secondOpinion }),
    reason: `the policy for ${domain} holds: the request is about it with probability ${percent(probability)}`,
    fixedModels: models !== undefined,
  };
}

function keepNamed(models: readonly ModelInfo[], orders: Orders, left: Exclusion[]): readonly ModelInfo[] {
  const names = orders.models;
  if (!names) return models;
  const kept = models.filter((model) => names.includes(model.name));
  for (const model of models) if (!kept.includes(model)) left.push({ model: model.name, reason: 'a rule or policy names other models' });
  if (kept.length === 0) throw noCapableModel(left);
  return kept;
}

/** Leaves out specialists of other domains, unless nobody else is there. */
function keepSuited(models: readonly ModelInfo[], facts: RoutingFacts, left: Exclusion[]): readonly ModelInfo[] {
  const kept = models.filter((model) => !model.domains || suits(model, facts));
  if (kept.length === 0) return models;
  for (const model of models) {
    if (!kept.includes(model)) left.push({ model: model.name, reason: `it is meant for ${model.domains?.join(', ')}` });
  }
  return kept;
}

function suits(model: ModelInfo, facts: RoutingFacts): boolean {
  let sum = 0;
  for (const domain of model.domains ?? []) sum += domainProbability(facts.domain, domain);
  return sum >= specialistBar;
}

/** The drafters whose draft is expected to cost less than it saves, cheapest first. */
function keepPaying(models: readonly ModelInfo[], facts: RoutingFacts): readonly ModelInfo[] {
  const verifier = models[models.length - 1] as ModelInfo;
  const direct = expectedCost(verifier, facts.needs);
  return models.slice(0, -1).filter((model) => draftPays(acceptChance(facts, model), expectedCost(model, facts.needs), direct));
}

/** Specialists of the request's domain draft before generalists; otherwise the order stays. */
function preferSpecialists(drafters: readonly ModelInfo[], facts: RoutingFacts): readonly ModelInfo[] {
  const special = drafters.filter((model) => model.domains && suits(model, facts));
  return special.length === 0 ? drafters : [...special, ...drafters.filter((model) => !special.includes(model))];
}

/** The caller's wish for a second opinion, narrowed by a policy but never widened. */
export function narrower(asked: SecondOpinion, ordered: SecondOpinion | undefined): SecondOpinion {
  return ordered !== undefined && narrowness[ordered] < narrowness[asked] ? ordered : asked;
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
