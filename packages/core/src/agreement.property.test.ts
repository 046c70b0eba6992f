import { describe, expect, it } from 'vitest';
import { seededRandom } from '@cascadeflow/testing';
import { checkOne, randomStory, tell, type Told } from './story-doubles.ts';

const runs = 1000;
const releaseRuns = 10_000;

/** What must not depend on the door: everything but clocks and ids. */
function essence({ result, error }: Told) {
  if (!result) return { error: { code: error?.code, kind: error?.kind } };
  const { content, modelUsed, tier, degraded, draftAccepted, reason, totalCost, draftCost, verifierCost, baselineCost, usage, qualityScore, escalations, finishReason, draftContent, pricingIncomplete, costEstimated, savingsPercent } = result;
  const attempts = result.attempts.map(({ role, model, status, cost, chosen, error: failure }) => ({ role, model, status, cost, chosen, kind: failure?.kind }));
  return { content, modelUsed, tier, degraded, draftAccepted, reason, totalCost, draftCost, verifierCost, baselineCost, usage, qualityScore, escalations, finishReason, draftContent, pricingIncomplete, costEstimated, savingsPercent, attempts };
}

/** True when a reader had text that could not be taken back and then the answer broke: the one case in which `run`, with no reader, can do better. */
function brokeAfterRelease(told: Told): boolean {
  return told.error !== undefined && told.events.some((event) => event.type === 'text-delta' && !event.provisional);
}

describe('over random stories', () => {
  it(`run, runStreaming and streamEvents agree, withdraw nothing they promised, and add up (${runs} stories)`, async () => {
    const outcomes = { results: 0, errors: 0, broken: 0 };
    for (let seed = 1; seed <= runs; seed++) {
      const story = randomStory(seededRandom(seed));
      const streamed = await tell(story, 'streamEvents');
      const typed = await tell({ ...story, agent: { ...story.agent, release: story.agent.release === 'optimistic' ? 'hold' : story.agent.release! } }, 'runStreaming');
      const plain = await tell(story, 'run');
      const note = `seed ${seed}`;
      for (const told of [streamed, typed, plain]) checkOne(told, story);
      if (streamed.result) expect(streamed.text, note).toBe(streamed.result.content);
      if (typed.result) expect(typed.text, note).toBe(typed.result.content);
      if (streamed.result) outcomes.results++;
      else outcomes.errors++;
      if (brokeAfterRelease(streamed) || brokeAfterRelease(typed)) outcomes.broken++;
      else if (story.agent.release !== 'window') {
        expect(essence(typed), note).toEqual(essence(plain));
        expect(essence(streamed), note).toEqual(essence(plain));
      } else expect(essence(typed), note).toEqual(essence(streamed));
    }
    expect(outcomes.results).toBeGreaterThan(runs / 2);
    expect(outcomes.errors).toBeGreaterThan(runs / 50);
    expect(outcomes.broken).toBeGreaterThan(0);
  }, 120_000);

  it(`what a reader gets is the final answer to the byte, and only optimistic text is ever taken back (${releaseRuns} stories)`, async () => {
    const seen = { answers: 0, resets: 0 };
    for (let seed = runs + 1; seed <= runs + releaseRuns; seed++) {
      const story = randomStory(seededRandom(seed));
      const told = await tell(story, 'streamEvents');
      checkOne(told, story);
      if (told.result) expect(told.text, `seed ${seed}`).toBe(told.result.content);
      if (told.result) seen.answers++;
      if (told.events.some((event) => event.type === 'answer-reset')) seen.resets++;
    }
    expect(seen.answers).toBeGreaterThan(releaseRuns / 2);
    expect(seen.resets).toBeGreaterThan(releaseRuns / 100);
  }, 300_000);
});
