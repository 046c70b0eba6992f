import { modelTiming, type Stub, startStub, type StubReply } from '@cascadeflow/testing';
import { type DemoQuestion, questionText } from './question.ts';

const listed = { asOf: '2026-09-23', source: 'genai-prices' } as const;

/** The simulated models with list prices of real ones, in USD per 1M tokens: two small ones of different families, and a large one. */
export const simulatedModels = {
  /** Priced like gemini-2.5-flash-lite. */
  other: { name: 'simulated-mini', cost: { input: 0.1, output: 0.4, cachedInput: 0.01, ...listed } },
  /** Priced like gpt-4o-mini. */
  first: { name: 'simulated-small', cost: { input: 0.15, output: 0.6, cachedInput: 0.075, ...listed } },
  /** Priced like gpt-5. */
  large: { name: 'simulated-large', cost: { input: 1.25, output: 10, cachedInput: 0.125, ...listed } },
} as const;

/** Speeds, chosen by hand: a tenth of what such models take, so that the demo is over soon. */
const speeds = {
  small: { seed: 1, firstTokenMs: 40, perTokenMs: 1.5 },
  large: { seed: 2, firstTokenMs: 90, perTokenMs: 4 },
} as const;

/** Starts an upstream on loopback that knows the questions by heart and answers as each model would. */
export async function simulate(questions: readonly DemoQuestion[]): Promise<Stub> {
  const byText = new Map(questions.map((question) => [questionText(question), question]));
  const small = modelTiming(speeds.small);
  const large = modelTiming(speeds.large);
  const say = (model: string, question: DemoQuestion): string | StubReply => {
    if (model === simulatedModels.first.name) return question.draft;
    return model === simulatedModels.other.name ? (question.other?.said ?? question.verifier) : question.verifier;
  };
  return startStub({
    models: Object.values(simulatedModels).map((model) => model.name),
    record: false,
    answer({ model, prompt }) {
      const question = byText.get(prompt);
      const said = question === undefined ? 'I do not know that question.' : say(model, question);
      const reply: StubReply = typeof said === 'string' ? { text: said } : said;
      return { timing: model === simulatedModels.large.name ? large() : small(), ...reply };
    },
  });
}
