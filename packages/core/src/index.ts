export { CascadeAgent, type TypedResult } from './agent.ts';
export type {
  AgentOptions,
  ModelConfig,
  ModelParameters,
  ReleaseMode,
  RunInput,
  RunOptions,
  SchemaFormat,
  SecondOpinionOptions,
  Speculation,
} from './options.ts';
export type { AtLimit, BudgetOptions, BudgetRule } from './budget.ts';
export { createMemoryBudgetStore } from './memory-budget-store.ts';
export { balance } from './balance.ts';
export type { BreakerOptions, ResilienceOptions } from './resilience.ts';
export type { RateLimitOptions } from './rate-limit.ts';
export type { StormOptions } from './storm.ts';
export type { ObserveOptions } from './observe.ts';
export { createLatencyHistory, type LatencyHistory, type LatencySample } from './latency.ts';
export type { TraceOptions } from './trace-run.ts';
export { createLedgerBook, foldLedger, type LedgerBook, type LedgerEntry, type LedgerRole, type LedgerRun } from './ledger-book.ts';
export { type LedgerReport, type LedgerSavings, type LedgerSum, reportLedger } from './ledger-report.ts';
export { toLedgerCsv, toLedgerLines } from './ledger-export.ts';
export type { CacheOptions } from './cache.ts';
export { createMemoryStore } from './memory-store.ts';
export type { BatchItem, BatchOptions, BatchProgress } from './batch.ts';
export { type AnyTool, type ApprovalRequest, tool, type Tool, type ToolContext, type ToolOptions } from './tool.ts';
export type { StandardResult, StandardSchema } from './schema.ts';
