export { type TelemetryOptions, telemetryObserver, withTelemetry } from './telemetry-observer.ts';
export { logRuns, type RunLogger } from './log-runs.ts';
export { type EventObserver, observeAll } from './observer.ts';
