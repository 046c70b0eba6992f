export { createGateway, type Gateway } from './create-gateway.ts';
export { defaultLimits, type GatewayConfig, type GatewayKey, type GatewayLimits } from './config.ts';
export { createKey, hashKey } from './access/keys.ts';
export { createRunLog, type RunLog, type RunLogOptions } from './runs/run-log.ts';
export { createMemoryRunStore, rememberedRuns } from './runs/memory-run-store.ts';
export { type RunQuery, type RunStore, type RunTotals, slowAmong, type TotalsQuery } from './runs/run-store.ts';
export type { OpenRun, RunOutcome, RunRecord, RunStep } from './runs/run-record.ts';
export { labelledBar, slotMs, type Tally, type TallyCounts, tallyFields, type TallyKind, toTallies } from './runs/tally.ts';
export type { RunGroup, RunSummary, SummaryWindow } from './runs/summarize.ts';
