import { bootstrapInterval } from '@cascadeflow/calibration';
import { assessDomain, createRouter } from '@cascadeflow/routing';
import { createEmbedder } from '@cascadeflow/semantic';
import weights from '../../../../packages/routing/src/weights/domain.json' with { type: 'json' };
import fresh from '../../../../packages/routing/fixtures/fresh-prompts.json' with { type: 'json' };
import plain from '../../../../packages/routing/fixtures/plain-prompts.json' with { type: 'json' };
import type { Report } from '../report.ts';
import { auxiliaryExamples, labelledExamples, ownExamples, type DomainExample } from './domain-data.ts';
import { capped, comparable, domainClasses, domainScores, fitDomain } from './domain-fit.ts';
import { groupBy } from './group-by.ts';
import { foldOf } from './rows.ts';
import type { LinearModel } from './softmax.ts';

interface Hit {
  readonly domain: string;
  readonly hit: boolean;
}

const folds = 5;
/** A family is left out by itself from this many rows on. */
const smallestFamily = 20;

/** Mean over the domains of the share that is right in each. */
function macro(rows: readonly Hit[]): number {
  const groups = [...groupBy(rows, (row) => row.domain).values()];
  return groups.reduce((sum, group) => sum + group.filter((row) => row.hit).length / group.length, 0) / groups.length;
}

function predict(model: LinearModel, text: string, toolsOffered = false): string {
  const scores = domainScores(model, text);
  if (toolsOffered) scores[domainClasses.indexOf('tool')]! += weights.toolsOffered;
  return domainClasses[scores.indexOf(Math.max(...scores))] ?? '';
}

/** Prompts in plain style with the shipped weights, and the traps. Needs no recorded data. */
export async function measurePlain(report: Report): Promise<void> {
  const ask = async (content: string) => (await assessDomain({ messages: [{ role: 'user', content }] })).label;
  for (const [name, prompts] of [['plain prompts', plain.prompts], ['plain prompts that no choice was made on', fresh.prompts]] as const) {
    const rows: Hit[] = [];
    for (const [domain, texts] of Object.entries(prompts)) for (const text of texts) rows.push({ domain, hit: (await ask(text)) === domain });
    const { low, high, n } = bootstrapInterval(rows, macro, { resamples: 500 });
    report.target(`domain: ${name}, accuracy`, macro(rows), { atLeast: 0.85 }, { n, interval: [low, high] });
  }
  const router = createRouter({ embedder: createEmbedder() });
  const model = { name: 'only', provider: 'p', tier: 0, capabilities: {} };
  const byMeaning: Hit[] = [];
  for (const [domain, prompts] of Object.entries(plain.prompts)) {
    for (const content of prompts) {
      const route = await router({ request: { messages: [{ role: 'user', content }] }, models: [model], target: 'balanced', secondOpinion: 'auto' });
      byMeaning.push({ domain, hit: route?.domain.label === domain });
    }
  }
  report.figure({ name: 'domain: plain prompts, accuracy with an embedder', value: macro(byMeaning), n: byMeaning.length });
  let right = 0;
  for (const { prompt, not } of plain.traps) {
    const label: string = await ask(prompt);
    if (!not.includes(label)) right++;
    else report.note(`trap: "${prompt}" is taken for ${label}`);
  }
  report.figure({ name: 'domain: traps right', value: right / plain.traps.length, n: plain.traps.length });
  const named = plain.traps.slice(0, 3);
  const misled = await Promise.all(named.map(async ({ prompt, not }) => not.includes(await ask(prompt))));
  report.target('domain: the three named traps right', misled.filter((wrong) => !wrong).length / named.length, { atLeast: 1 }, { n: named.length });
}

/** The set whose prompts stood beside function documents: they were requests with tools. */
const withTools = 'BFCL';

/** The labelled set, held out by rows and by families of sets. The label `factual` counts as `general`; no row is `structured`. */
export function measureLabelled(folder: string, report: Report): void {
  const labelled = labelledExamples(folder);
  const others = [...capped(auxiliaryExamples(folder)), ...ownExamples(folder, 5)];
  const fit = (isOut: (example: DomainExample) => boolean) => fitDomain(labelled.filter((example) => !isOut(example)), others.filter((example) => !isOut(example)));
  const judge = (model: LinearModel, example: DomainExample, toolsOffered: boolean): Hit => ({ domain: example.domain, hit: predict(model, example.text, toolsOffered) === example.domain });
  const asSent: Hit[] = [];
  const byText: Hit[] = [];
  const allOffered: Hit[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const held = labelled.filter((example) => foldOf(comparable(example.text), folds) === fold);
    const texts = new Set(held.map((example) => comparable(example.text)));
    const model = fit((example) => texts.has(comparable(example.text)));
    for (const example of held) {
      asSent.push(judge(model, example, example.source === withTools));
      byText.push(judge(model, example, false));
      if (example.source !== withTools) allOffered.push(judge(model, example, true));
    }
  }
  const across = bootstrapInterval(asSent, macro, { resamples: 500 });
  for (const [domain, group] of groupBy(asSent, (row) => row.domain)) {
    report.figure({ name: `domain: ${domain}, accuracy held out by rows`, value: group.filter((row) => row.hit).length / group.length, n: group.length });
  }
  report.target('domain: labelled set, macro accuracy, 5 folds', across.value, { atLeast: 0.9 }, { n: asSent.length, interval: [across.low, across.high] });
  report.figure({ name: 'domain: labelled set, macro accuracy, 5 folds, by the text alone', value: macro(byText), n: byText.length });
  report.figure({ name: 'domain: labelled set, macro accuracy, 5 folds, tools on offer with every other row', value: macro(allOffered), n: allOffered.length });
  const bySource: Hit[] = [];
  for (const [source, held] of groupBy(labelled, (example) => example.source)) {
    if (held.length < smallestFamily) continue;
    const model = fit((example) => example.source === source);
    const hits = held.map((example) => judge(model, example, source === withTools));
    bySource.push(...hits);
    report.figure({ name: `domain: ${source} left out, accuracy`, value: hits.filter((row) => row.hit).length / hits.length, n: hits.length });
  }
  const left = bootstrapInterval(bySource, macro, { resamples: 500 });
  report.figure({ name: 'domain: macro accuracy, one family of sets left out at a time', value: left.value, n: left.n, interval: [left.low, left.high] });
}
