import type { CascadeEvent, DraftEnd, Price, Spend, Usage } from '@cascadeflow/contract';
import { addUsage, fromPico, type Pico, priceOf, toPico } from './money.ts';

/** The bill of a run. Amounts in USD; absent when a call in them has no known cost. */
export interface Bill {
  readonly usage: Usage;
  readonly total: number | undefined;
  readonly drafts: number | undefined;
  readonly verifiers: number | undefined;
  readonly incomplete: boolean;
  readonly estimated: boolean;
}

/** Adds up the bills of all calls of a run, or of those from a place in the log on, exactly. Pure. */
export function foldBill(log: readonly CascadeEvent[], since = 0): Bill {
  let usage: Usage = {};
  let drafts: Pico | undefined = 0;
  let verifiers: Pico | undefined = 0;
  let estimated = false;
  for (let index = since; index < log.length; index++) {
    const event = log[index] as CascadeEvent;
    if (event.type !== 'draft-end') continue;
    if (event.usage) usage = addUsage(usage, event.usage);
    estimated ||= event.estimated;
    const cost = costOf(event);
    if (event.role === 'verifier') verifiers = verifiers === undefined || cost === undefined ? undefined : verifiers + cost;
    else drafts = drafts === undefined || cost === undefined ? undefined : drafts + cost;
  }
  const total = drafts === undefined || verifiers === undefined ? undefined : drafts + verifiers;
  return { usage, total: usd(total), drafts: usd(drafts), verifiers: usd(verifiers), incomplete: total === undefined, estimated };
}

function usd(pico: Pico | undefined): number | undefined {
  return pico === undefined ? undefined : fromPico(pico);
}

/** What a run has cost so far, for errors. */
export function spendOf(log: readonly CascadeEvent[]): Spend {
  const bill = foldBill(log);
  return { totalCost: bill.total, pricingIncomplete: bill.incomplete };
}

/** What the last tier alone would have cost. */
export interface Baseline {
  readonly cost: number | undefined;
  readonly estimated: boolean;
}

/**
 * The price of the same turns answered by the last tier at once: measured where it answered, else its price for the tokens of the answer
 * that was taken. Pure.
 */
export function foldBaseline(log: readonly CascadeEvent[], chosen: ReadonlySet<number>, lastTier: number, price: Price | undefined): Baseline {
  const answers: DraftEnd[] = [];
  for (const event of log) if (event.type === 'draft-end' && event.status === 'ok') answers.push(event);
  let pico = 0;
  let estimated = false;
  for (const [index, { step }] of answers.entries()) {
    if (answers.findIndex((end) => end.step === step) !== index) continue;
    const measured = answers.findLast((end) => end.step === step && end.tier === lastTier && end.role === 'verifier');
    const taken = measured ?? answers.find((end) => end.step === step && chosen.has(end.attempt));
    if (!taken) continue;
    const cost = measured ? costOf(measured) : taken.usage && price && priceOf(taken.usage, price);
    if (cost === undefined) return { cost: undefined, estimated: true };
    pico += cost;
    estimated ||= measured === undefined || measured.estimated;
  }
  return { cost: fromPico(pico), estimated };
}

function costOf(end: DraftEnd): number | undefined {
  return end.cost === undefined ? undefined : toPico(end.cost);
}
