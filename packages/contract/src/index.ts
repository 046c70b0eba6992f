export type {
  AssistantMessage,
  CacheControl,
  ContentPart,
  ImagePart,
  Message,
  Provenance,
  ReasoningPart,
  SystemMessage,
  TextPart,
  ToolCall,
  ToolMessage,
  UserMessage,
} from './message.ts';
export { lastUserText, toText } from './message.ts';
export type {
  JsonSchema,
  ModelRequest,
  ReasoningEffort,
  ResponseFormat,
  ToolChoice,
  ToolDefinition,
  ToolRisk,
} from './request.ts';
export type { CallOptions, Capabilities, Model, ModelInfo, ModelSettings, Provider } from './model.ts';
export type {
  EndEvent,
  FinishReason,
  FinishReasonKind,
  LogprobsEvent,
  ModelEvent,
  ReasoningDelta,
  TextDelta,
  TokenLogprob,
  ToolCallEvent,
  ToolCallStart,
} from './model-event.ts';
export type { CostSpec, LongPromptRates, Price, Rates, Usage } from './price.ts';
export { toPrice } from './price.ts';
export { costOfUsage } from './cost-of-usage.ts';
export type { Assessment, Complexity, Domain, Exclusion, Plan, Route, Router, RouterInput, SecondOpinion } from './route.ts';
export type { AttemptRole, Draft } from './draft.ts';
export type {
  Judge,
  JudgeInput,
  Outcome,
  QualityLevel,
  QualityTarget,
  Signal,
  SignalFinding,
  SignalInput,
  SignalReading,
  Verdict,
} from './verdict.ts';
export type { ProgressChecks, ProgressFactory, ProgressFinding } from './progress.ts';
export type { Embedder } from './embedder.ts';
export { cosine } from './embedder.ts';
export type {
  AnswerReset,
  AttemptBill,
  AttemptFail,
  AttemptRef,
  AttemptRetry,
  AttemptStatus,
  BudgetReserve,
  BudgetSettle,
  CascadeEnd,
  CascadeEvent,
  CascadeEventType,
  CascadeFail,
  CascadeStart,
  DraftEnd,
  DraftStart,
  EscalationStart,
  EventBase,
  PolicyApply,
  ReasoningDeltaEvent,
  RouteChoose,
  TextDeltaEvent,
  ToolCallAccepted,
  ToolEnd,
  ToolStart,
  VerdictReach,
  WarningRaise,
} from './event.ts';
export type { AttemptReport, CascadeResult } from './result.ts';
export type { LabelSource, Trace, TraceAnswer, TraceLabel } from './trace.ts';
export { traceVersion } from './trace.ts';
export type {
  AcceptChance,
  CalibratedThreshold,
  Calibration,
  ExpectedTraffic,
  ModelPrior,
  ProbabilityMap,
  SignalWeight,
} from './calibration/calibration.ts';
export { calibrationVersion } from './calibration/calibration.ts';
export type { CalibrationSlice } from './calibration/calibrate-verdict.ts';
export { calibratedThreshold, calibrateVerdict, mapProbability } from './calibration/calibrate-verdict.ts';
export type { ChanceSlice } from './calibration/calibrate-route.ts';
export { acceptChanceFor, calibrateRoute } from './calibration/calibrate-route.ts';
export { parseCalibration } from './calibration/parse-calibration.ts';
export type { Clock } from './clock.ts';
export { sleep, systemClock } from './clock.ts';
export type { BreakerBoard, BudgetAnswer, BudgetScope, BudgetState, BudgetStore, KeyValueStore, RequestLimiter } from './store.ts';
export type { ErrorCode, ErrorInfo, Spend } from './error/cascade-error.ts';
export { CascadeError } from './error/cascade-error.ts';
export { InvalidOptionsError } from './error/invalid-options-error.ts';
export type { ProviderErrorDetails, ProviderErrorKind } from './error/provider-error.ts';
export { ProviderError } from './error/provider-error.ts';
export type { FailedAttempt } from './error/run-errors.ts';
export {
  AbortedError,
  AllModelsFailedError,
  BudgetExceededError,
  DeadlineExceededError,
  MissingPackageError,
} from './error/run-errors.ts';
