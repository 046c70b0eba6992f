import { modelAbortChecks } from './model-aborts.ts';
import { modelAnswerChecks } from './model-answers.ts';
import { modelFaultChecks } from './model-faults.ts';
import type { OpenModel } from './model-subject.ts';
import { runSuite, type Skips, type TestRunner } from './suite.ts';

const checks = { ...modelAnswerChecks, ...modelAbortChecks, ...modelFaultChecks };

/** Names of the checks on a model. */
export type ModelCheck = keyof typeof checks;

/** What {@link modelConformance} needs. */
export interface ModelConformanceOptions {
  /** Shown in the report. */
  readonly name: string;
  /** Builds a model with its upstream; see `openOverStub`. */
  readonly open: OpenModel;
  readonly skip?: Skips<ModelCheck>;
}

/** Tests that a model keeps the contract: answers, tool calls, usage, aborts and every failure. One line in an implementer's test file. */
export function modelConformance(runner: TestRunner, { name, open, skip }: ModelConformanceOptions): void {
  runSuite<OpenModel, ModelCheck>(runner, `${name} keeps the model contract`, checks, open, skip);
}
