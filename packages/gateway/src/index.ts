export { createGateway, type Gateway } from './create-gateway.ts';
export { defaultLimits, type GatewayConfig, type GatewayKey, type GatewayLimits } from './config.ts';
export { createKey, hashKey } from './access/keys.ts';
export { createMemoryRunStore, createRunLog, rememberedRuns, type RunLog, type RunLogOptions, type RunStore } from './runs/run-log.ts';
export type { RunOutcome, RunRecord, RunStep } from './runs/run-record.ts';
export { type RunGroup, type RunSummary, summarizeRuns } from './runs/summarize.ts';
