import { createReadStream } from 'node:fs';
import type { Trace } from '@cascadeflow/contract';
import { certify, fitCalibration, readTraces, replay, toPairs } from '@cascadeflow/calibration';
import { CascadeAgent, type ModelConfig } from '@cascadeflow/core';
import { createJudge } from '@cascadeflow/quality';
import { createTraceWriter } from 'cascadeflow';

/** An agent that writes its runs down. */
export function recording(models: readonly ModelConfig[], file: string) {
  // #region record
  const writer = createTraceWriter(file, { onFailure: (error) => process.emitWarning(error) });
  const agent = new CascadeAgent({ models, trace: { write: writer.write, prompts: true, answers: true } });
  // before the process ends: await agent.close(), then await writer.close()
  // #endregion record
  return { agent, writer };
}

/** Serves with today's model, and runs the cascade beside it on a tenth of the requests. */
export function observing(models: readonly ModelConfig[], write: (trace: Trace) => void): CascadeAgent {
  // #region observe
  return new CascadeAgent({ models, mode: 'observe', observe: { sample: 0.1 }, trace: { write, prompts: true, answers: true } });
  // #endregion observe
}

/** From labelled traces to a calibrated agent. */
export async function calibrated(configs: readonly ModelConfig[], file: string): Promise<CascadeAgent> {
  // #region fit
  const traces: Trace[] = [];
  for await (const trace of readTraces(createReadStream(file))) traces.push(trace);

  const models = configs.map(({ name }) => name); // cheapest first, the verifier last
  const engine = { createAgent: (options: ConstructorParameters<typeof CascadeAgent>[0]) => new CascadeAgent(options), judge: createJudge(), models };
  const probe = [];
  for await (const row of replay(traces, { ...engine, probe: true })) probe.push(row);

  const calibration = await fitCalibration(probe, traces, { models });
  return new CascadeAgent({ models: configs, calibration });
  // #endregion fit
}

/** A bound on what is lost, from rows that no calibration was fitted on. */
export function bound(rows: Parameters<typeof toPairs>[0]) {
  // #region certify
  const guarantee = certify(toPairs(rows), { maxQualityLoss: 0.02, confidence: 0.95 });
  return guarantee.feasible ? { minProbability: guarantee.threshold } : guarantee.reason;
  // #endregion certify
}
