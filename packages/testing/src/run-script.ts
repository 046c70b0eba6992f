import type { Model, ProviderErrorKind } from '@cascadeflow/contract';
import { randomChunks } from './chunking.ts';
import type { SeededRandom } from './random.ts';
import { repeatingModel } from './repeating-model.ts';
import type { ScriptFault, ScriptStep } from './script-step.ts';
import type { DoubleOptions } from './scripted-model.ts';

/** One random story: what each model does, call by call, and when the caller loses patience. */
export interface RunScript {
  readonly prompt: string;
  /** For each tier its steps; a model called more often repeats its last one. */
  readonly tiers: readonly (readonly ScriptStep[])[];
  /** The caller aborts after so many milliseconds of the script's clock; absent: never. */
  readonly abortAfterMs?: number;
}

/** What random scripts are made of. Rates are probabilities per call. */
export interface RunScriptOptions {
  readonly tiers?: number;
  readonly faultRate?: number;
  readonly abortRate?: number;
  /** Rate of calls that take time. Default 0.3. */
  readonly delayRate?: number;
  /** Rate of answers without usage. Default 0.1. */
  readonly unknownUsageRate?: number;
}

/** Calls that are scripted per tier before the last one repeats: more than an engine should make of one model in a run. */
const stepsPerTier = 4;

const prompts = ['What is 17 times 23?', 'Name three rivers of Europe.', 'Summarise the plot of Faust in a sentence.', '请介绍一下你自己。', 'Is the earth flat?', 'hi'];

const answers = [
  'The answer is 391.',
  'The Danube, the Rhine and the Volga are three rivers of Europe.',
  'A scholar sells his soul for knowledge and pleasure, and is saved in the end.',
  '我是一个语言模型，可以回答问题。',
  'No. The earth is an oblate spheroid; see any photograph from orbit.',
  "I'm sorry, but I can't help with that.",
  'Hello! How can I help you today? 🙂',
  '{"answer": 391, "unit": null}',
  '17 × 23 = 17 × 20 + 17 × 3 = 340 + 51 = 391',
  'maybe maybe maybe maybe maybe maybe maybe maybe',
  '',
  'x'.repeat(700),
];

const kinds: readonly ProviderErrorKind[] = ['rate-limit', 'overloaded', 'server', 'network', 'timeout', 'malformed', 'auth', 'not-found', 'bad-request', 'unavailable'];

/** A random story for property tests: answers, chunkings, delays, faults and aborts. The same stream of numbers gives the same story. */
export function randomRunScript(random: SeededRandom, options: RunScriptOptions = {}): RunScript {
  const { tiers = random.integer(1, 3), abortRate = 0.1 } = options;
  return {
    prompt: random.pick(prompts),
    tiers: Array.from({ length: tiers }, () => Array.from({ length: stepsPerTier }, () => randomStep(random, options))),
    ...(random.chance(abortRate) && { abortAfterMs: random.integer(0, 300) }),
  };
}

/** The models of a story, named `tier-0`, `tier-1` … Each playing starts the story anew. */
export function playRunScript(script: RunScript, options: Pick<DoubleOptions, 'clock' | 'provider' | 'generates'> = {}): readonly Model[] {
  return script.tiers.map((steps, tier) => repeatingModel((_request, call) => steps[Math.min(call, steps.length - 1)]!, { ...options, id: `tier-${tier}` }));
}

function randomStep(random: SeededRandom, options: RunScriptOptions): ScriptStep {
  const { faultRate = 0.25, delayRate = 0.3, unknownUsageRate = 0.1 } = options;
  const text = random.pick(answers);
  const chunks = randomChunks(text, random);
  const usage = { input: random.integer(1, 400), output: random.integer(0, 400), ...(random.chance(0.2) && { cachedInput: random.integer(0, 90) }) };
  return {
    text,
    chunks,
    usage: random.chance(unknownUsageRate) ? 'unknown' : usage,
    ...(random.chance(delayRate) && { delayMs: random.integer(0, 120), chunkDelayMs: random.integer(0, 5) }),
    ...(random.chance(0.1) && { finishReason: random.pick(['length', 'content-filter', 'other'] as const) }),
    ...(random.chance(0.15) && { reasoning: 'Let me think.' }),
    ...(random.chance(faultRate) && { fault: randomFault(random, chunks.length) }),
  };
}

function randomFault(random: SeededRandom, chunks: number): ScriptFault {
  const afterChunks = random.integer(0, chunks);
  const type = random.pick(['throw', 'throw', 'cut', 'hang'] as const);
  if (type !== 'throw') return { type, afterChunks };
  const kind = random.pick(kinds);
  return { type, kind, afterChunks, ...(kind === 'rate-limit' && { retryAfterMs: random.integer(1, 50) }) };
}
