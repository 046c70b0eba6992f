import { modelTiming, type Stub, startStub, type StubReply } from '@cascadeflow/testing';
import { type DemoQuestion, questionText } from './question.ts';

/** Names and list prices of the simulated models: those of gpt-4o-mini and gpt-5, in USD per 1M tokens. */
export const simulatedModels = [
  { name: 'simulated-small', cost: { input: 0.15, output: 0.6, cachedInput: 0.075, asOf: '2026-11-01', source: 'openai.com/api/pricing, gpt-4o-mini' } },
  { name: 'simulated-large', cost: { input: 1.25, output: 10, cachedInput: 0.125, asOf: '2026-11-01', source: 'openai.com/api/pricing, gpt-5' } },
] as const;

/** Speeds of the two, chosen by hand: a tenth of what such models take, so that the demo is over soon. */
const speeds = {
  small: { seed: 1, firstTokenMs: 40, perTokenMs: 1.5 },
  large: { seed: 2, firstTokenMs: 90, perTokenMs: 4 },
} as const;

/** Starts an upstream on loopback that knows the questions by heart and answers as each model would. */
export async function simulate(questions: readonly DemoQuestion[]): Promise<Stub> {
  const byText = new Map(questions.map((question) => [questionText(question), question]));
  const small = modelTiming(speeds.small);
  const large = modelTiming(speeds.large);
  return startStub({
    models: simulatedModels.map((model) => model.name),
    record: false,
    answer({ model, prompt }) {
      const isSmall = model === simulatedModels[0].name;
      const question = byText.get(prompt);
      const said = (isSmall ? question?.draft : question?.verifier) ?? 'I do not know that question.';
      const reply: StubReply = typeof said === 'string' ? { text: said } : said;
      return { timing: isSmall ? small() : large(), ...reply };
    },
  });
}
