import type { CascadeResult } from '@cascadeflow/contract';
import { CascadeAgent, type ModelConfig } from '@cascadeflow/core';
import { allOf, createJudge } from '@cascadeflow/quality';
import { createRouter } from '@cascadeflow/routing';

/** Prints why an answer was taken. */
export function explain(result: CascadeResult, print: (line: string) => void): void {
  // #region verdicts
  for (const { attempt, accept, probability, threshold, veto, reason, signals } of result.verdicts) {
    print(`attempt ${attempt}: ${accept ? 'accepted' : 'turned down'}, ${probability.toFixed(2)} against ${threshold.toFixed(2)}; ${veto ?? reason}`);
    for (const { name, value, weight } of signals.slice(0, 5)) print(`  ${name} is ${value}, log-odds ${weight.toFixed(2)}`);
  }
  // #endregion verdicts
}

/** Three ways to say how good an answer must be. */
export async function byTarget(agent: CascadeAgent, question: string) {
  // #region target
  await agent.run(question, { quality: 'strict' }); // economy, balanced (the default), strict
  await agent.run(question, { quality: { minProbability: 0.9 } }); // a bar of your own
  return agent.run(question, { quality: { errorCost: 0.05 } }); // what a wrong answer costs you, in USD
  // #endregion target
}

/** A stricter bar where it matters, and two judges that must agree. */
export function careful(models: readonly ModelConfig[]): CascadeAgent {
  // #region careful
  return new CascadeAgent({
    models,
    router: createRouter({ policies: { medical: { minProbability: 0.95 }, legal: { direct: true } } }),
    judge: allOf(createJudge(), createJudge({ threshold: 0.8 })),
    secondOpinion: 'always', // with two or more drafters: compare their answers
  });
  // #endregion careful
}
