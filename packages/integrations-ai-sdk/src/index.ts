export { cascade, type CascadeModel, type CascadeOptions, defaultSilenceMs, type NewestOf } from './cascade.ts';
export type { CascadeMember, CascadeMembers, MemberSpec, PriceLookup } from './members.ts';
export type { CascadeRunOptions } from './open-run.ts';
export { type CascadeDecision, readDecision } from './answer/decision.ts';
export { cascadeMiddleware, type CascadeMiddleware, type CascadeMiddlewareOptions } from './middleware.ts';
export type { AnyLanguageModel, SpecVersion } from './spec/language-model.ts';
