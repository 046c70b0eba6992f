import type { Calibration, Embedder, Judge, ProgressFactory, Router, ToolDefinition, ToolRisk } from '@cascadeflow/contract';
import { createJudge, createProgressChecks, judgeRequest, readJudgement, validateSchema } from '@cascadeflow/quality';
import { createRouter, estimateTokens, toolRisk } from '@cascadeflow/routing';
import type { ModelJudge } from './settings.ts';

/** What the default judge and router are built from. */
export interface Learned {
  readonly embedder?: Embedder;
  readonly calibration?: Calibration;
}

/** What an agent is given where the caller hands in nothing: the one place where core meets the judge and the router. */
export interface Defaults {
  judge(options: Learned): Judge;
  router(options: Learned): Router;
  readonly progress: ProgressFactory;
  readonly modelJudge: ModelJudge;
  readonly estimateTokens: (text: string) => number;
  readonly validate: (schema: ToolDefinition['parameters'], value: unknown) => readonly { readonly path: string; readonly message: string }[];
  readonly toolRisk: (tool: ToolDefinition) => ToolRisk;
}

/** The packages `quality` and `routing`. */
export const defaults: Defaults = {
  judge: (options) => createJudge(options),
  router: ({ embedder }) => createRouter(embedder ? { embedder } : {}),
  progress: createProgressChecks,
  modelJudge: { request: judgeRequest, read: readJudgement },
  estimateTokens: (text) => estimateTokens(text),
  validate: validateSchema,
  toolRisk,
};
