import { InvalidOptionsError, type Domain, type Embedder } from '@cascadeflow/contract';
import type { DomainPolicies, DomainPolicy } from './plan/policy.ts';
import type { RoutingRule } from './plan/rule.ts';
import type { SessionOptions } from './session/with-sessions.ts';
import type { CountTokens } from './text/estimate-tokens.ts';

/** How a router decides. Everything is optional; without options it drafts first unless drafting cannot pay. */
export interface RouterOptions {
  /** What is done differently in a domain, `{ medical: { minProbability: 0.95 }, legal: { direct: true } }`. */
  readonly policies?: DomainPolicies;
  /** Rules of the user's own; the first that holds decides, before any policy or estimate. */
  readonly rules?: readonly RoutingRule[];
  /** Domains and levels are then told by the nearest example prompts as well as by words and form, and every call is asynchronous. */
  readonly embedder?: Embedder;
  /** How sessions are kept; `false` lets every request of a session stand for itself. Default: in this process's memory. */
  readonly sessions?: SessionOptions | false;
  /** An exact tokenizer in place of the heuristic. */
  readonly countTokens?: CountTokens;
}

/** Every domain there is. */
export const domainNames: readonly Domain[] = [
  'code', 'data', 'structured', 'rag', 'conversation', 'tool', 'creative', 'summary', 'translation', 'math', 'science', 'medical', 'legal', 'financial', 'multimodal', 'general',
];

const optionNames = new Set(['policies', 'rules', 'embedder', 'sessions', 'countTokens']);
const policyNames = new Set(['minProbability', 'direct', 'models', 'secondOpinion', 'minConfidence']);
const actionNames = new Set(['models', 'start', 'minProbability', 'secondOpinion']);
const conditionNames = new Set(['domain', 'minConfidence', 'complexity', 'tools', 'json', 'vision', 'minTokens', 'maxTokens', 'metadata']);

/** Refuses options that cannot work, naming the field. */
export function checkRouterOptions(options: RouterOptions): void {
  checkNames(options, optionNames, '');
  for (const [domain, policy] of Object.entries(options.policies ?? {})) {
    const path = `policies.${domain}`;
    if (!domainNames.includes(domain as Domain)) throw new InvalidOptionsError(path, `no domain is called "${domain}"; there are ${domainNames.join(', ')}`);
    checkPolicy(policy as DomainPolicy, path);
  }
  if (options.rules !== undefined && !Array.isArray(options.rules)) throw new InvalidOptionsError('rules', 'give a list of rules');
  options.rules?.forEach((rule, index) => checkRule(rule, `rules[${index}]`));
  if (options.countTokens !== undefined && typeof options.countTokens !== 'function') throw new InvalidOptionsError('countTokens', 'give a function from text to a number of tokens');
  if (options.embedder !== undefined && typeof options.embedder.embed !== 'function') throw new InvalidOptionsError('embedder', 'give an embedder, for instance of createEmbedder() of @cascadeflow/semantic');
  const sessions = options.sessions;
  if (sessions && sessions.ttlMs !== undefined && !(sessions.ttlMs > 0)) throw new InvalidOptionsError('sessions.ttlMs', `give milliseconds above 0; got ${sessions.ttlMs}`);
}

function checkPolicy(policy: DomainPolicy, path: string): void {
  if (typeof policy !== 'object' || policy === null) throw new InvalidOptionsError(path, 'give an object such as { minProbability: 0.95 }');
  checkNames(policy, policyNames, path);
  checkShare(policy.minProbability, `${path}.minProbability`);
  checkShare(policy.minConfidence, `${path}.minConfidence`);
  if (policy.models !== undefined && policy.models.length === 0) throw new InvalidOptionsError(`${path}.models`, 'name at least one model');
}

function checkRule(rule: RoutingRule, path: string): void {
  if (typeof rule !== 'object' || rule === null) throw new InvalidOptionsError(path, 'give an object with `when` and `use`');
  checkNames(rule, new Set(['when', 'use', 'reason']), path);
  if (typeof rule.when === 'object' && rule.when !== null) checkNames(rule.when, conditionNames, `${path}.when`);
  else if (typeof rule.when !== 'function') throw new InvalidOptionsError(`${path}.when`, 'give a condition or a function');
  if (typeof rule.use === 'string') return;
  if (typeof rule.use !== 'object' || rule.use === null) throw new InvalidOptionsError(`${path}.use`, 'give the name of a model or an action');
  checkNames(rule.use, actionNames, `${path}.use`);
  checkShare(rule.use.minProbability, `${path}.use.minProbability`);
  if (rule.use.models?.length === 0) throw new InvalidOptionsError(`${path}.use.models`, 'name at least one model');
}

function checkShare(value: number | undefined, path: string): void {
  if (value !== undefined && !(value >= 0 && value <= 1)) throw new InvalidOptionsError(path, `give a number from 0 to 1; got ${value}`);
}

function checkNames(value: object, known: ReadonlySet<string>, path: string): void {
  for (const name of Object.keys(value)) {
    if (!known.has(name)) throw new InvalidOptionsError(path === '' ? name : `${path}.${name}`, `this option does not exist; there are ${[...known].join(', ')}`);
  }
}
