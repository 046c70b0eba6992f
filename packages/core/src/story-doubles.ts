import { CascadeError, type CascadeEvent, type CascadeResult, type ErrorInfo } from '@cascadeflow/contract';
import { randomChunks, scriptedModel, type ScriptStep, type SeededRandom, virtualClock } from '@cascadeflow/testing';
import { expect } from 'vitest';
import { plainRouter, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';
import type { AgentOptions, ReleaseMode, RunOptions } from './options.ts';

/** More steps than any run takes, so that a script never runs out. */
const stepsPerModel = 8;
const texts = ['good: this is the answer, and it goes on for a while', 'bad: no', 'doubtful: forty-two', 'doubtful: forty-one', 'other words, naïve and 日本語', ''];
const kinds = ['rate-limit', 'server', 'network', 'timeout', 'auth', 'bad-request', 'malformed'] as const;

/** What happens to one run. */
export interface Story {
  readonly scripts: readonly (readonly ScriptStep[])[];
  readonly agent: Partial<AgentOptions>;
  readonly options: RunOptions;
  readonly abortAt: number | undefined;
}

/** One random story: answers, faults, delays, chunkings, release mode, speculation, deadline and abort. */
export function randomStory(random: SeededRandom): Story {
  const models = random.integer(1, 3);
  return {
    scripts: Array.from({ length: models }, () => Array.from({ length: stepsPerModel }, () => randomStep(random))),
    agent: { release: random.pick<ReleaseMode>(['hold', 'hold', 'window', 'optimistic']), speculation: random.pick(['sequential', 'sequential', 'parallel', 'hedged', 'auto']), retries: random.integer(0, 2), silenceMs: 1000 },
    options: { ...(random.chance(0.2) && { deadlineMs: random.integer(1, 400) + 0.25 }), secondOpinion: random.pick(['off', 'auto', 'always']) },
    abortAt: random.chance(0.15) ? random.integer(0, 120) + 0.5 : undefined,
  };
}

function randomStep(random: SeededRandom): ScriptStep {
  const text = random.pick(texts);
  const fault = random.chance(0.35) ? randomFault(random) : undefined;
  return {
    text,
    chunks: randomChunks(text, random),
    delayMs: random.integer(0, 30),
    chunkDelayMs: random.integer(0, 4),
    ...(random.chance(0.2) && { usage: 'unknown' as const }),
    ...(random.chance(0.1) && { finishReason: random.pick(['length', 'content-filter'] as const) }),
    ...(fault && { fault }),
  };
}

function randomFault(random: SeededRandom): NonNullable<ScriptStep['fault']> {
  const afterChunks = random.integer(0, 6);
  if (random.chance(0.3)) return { type: 'cut', afterChunks };
  if (random.chance(0.2)) return { type: 'hang', afterChunks };
  return { type: 'throw', kind: random.pick(kinds), retryable: random.chance(0.6), afterChunks };
}

/** A story as it went through one door. */
export interface Told {
  readonly result?: CascadeResult;
  readonly error?: ErrorInfo;
  readonly events: readonly CascadeEvent[];
  readonly text: string;
}

/** Lives through a story by one of the three doors. */
export async function tell(story: Story, door: 'run' | 'runStreaming' | 'streamEvents'): Promise<Told> {
  const clock = virtualClock();
  const events: CascadeEvent[] = [];
  const agent = new CascadeAgent({
    judge: wordJudge,
    router: plainRouter,
    progress: () => ({ push: (text) => ({ probability: 0.9, ...(text.includes('no') && { dead: 'it says no' }) }), toolCall: () => ({}) }),
    clock,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...story.agent,
    models: story.scripts.map((script, index) => ({ name: `m${index}`, model: scriptedModel(script, { id: `m${index}`, clock }), cost: { input: 0.15 * 7 ** index, output: 0.61 * 7 ** index } })),
  });
  const controller = new AbortController();
  if (story.abortAt !== undefined) clock.after(story.abortAt, () => controller.abort());
  const options = { ...story.options, signal: controller.signal };
  let text = '';
  const walk = async (): Promise<CascadeResult | undefined> => {
    if (door === 'run') return agent.run('question', options);
    if (door === 'runStreaming') {
      const stream = agent.runStreaming('question', options);
      for (;;) {
        const next = await stream.next();
        if (next.done) return next.value;
        text += next.value;
      }
    }
    let result: CascadeResult | undefined;
    for await (const event of agent.streamEvents('question', options)) {
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'answer-reset') text = '';
      if (event.type === 'cascade-end') result = event.result;
    }
    return result;
  };
  try {
    const result = await clock.settle(walk());
    const fail = events.find((event) => event.type === 'cascade-fail');
    return { events, text, ...(result && { result }), ...(fail && { error: fail.error }) };
  } catch (error) {
    if (!CascadeError.is(error)) throw error;
    return { events, text, error: error.toInfo() };
  }
}

/** What holds for every telling: events in order, every call ended once, money that adds up, nothing withdrawn that was promised. */
export function checkOne(told: Told, story: Story): void {
  const { events, result, text } = told;
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
  expect(events.filter((event) => event.type === 'cascade-end' || event.type === 'cascade-fail')).toEqual([events.at(-1)]);
  const starts = events.flatMap((event) => (event.type === 'draft-start' ? [event.attempt] : [])).sort((a, b) => a - b);
  const ends = events.flatMap((event) => (event.type === 'draft-end' ? [event.attempt] : [])).sort((a, b) => a - b);
  expect(ends).toEqual(starts);
  const costs = events.flatMap((event) => (event.type === 'draft-end' ? [event.cost] : []));
  const total = costs.includes(undefined) ? undefined : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0);
  const last = events.at(-1);
  const reported = last?.type === 'cascade-end' ? last.result.totalCost : last?.type === 'cascade-fail' ? last.spend.totalCost : NaN;
  if (total === undefined) expect(reported).toBeUndefined();
  else expect(Math.abs((reported ?? NaN) - total)).toBeLessThanOrEqual(1e-12);
  const revocable = events.some((event) => event.type === 'answer-reset' || (event.type === 'text-delta' && event.provisional));
  if (revocable) expect(story.agent.release).toBe('optimistic');
  if (result && text !== '') expect(text).toBe(result.content);
}
