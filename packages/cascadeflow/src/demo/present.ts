import type { CascadeResult } from '@cascadeflow/contract';
import type { Output } from '../command-line/io.ts';
import { formatMoney, formatPercent, formatTime } from '../terminal/figures.ts';
import { paint } from '../terminal/style.ts';
import { type Column, renderTable } from '../terminal/table.ts';
import { answerIsRight, type Outcome, type Totals } from './outcome.ts';
import { questionText } from './question.ts';

const columns: readonly Column[] = [
  { title: '#', align: 'right' },
  { title: 'question', flexible: true },
  { title: 'route' },
  { title: 'draft' },
  { title: 'answered by' },
  { title: 'cost', align: 'right' },
  { title: 'time', align: 'right' },
];

/** What is said of a draft that was never judged. */
const brokenDrafts = { ok: 'not judged', cut: 'cut off', cancelled: 'stopped early', failed: 'call failed' } as const;

/** The questions as a table: what was asked, how it was routed, what became of the draft, who answered, for how much, how long. */
export function presentTable(outcomes: readonly Outcome[], simulated: boolean, output: Output): string {
  const rows = outcomes.map((outcome, index) => {
    const { question, result, error } = outcome;
    const lead = [String(index + 1), questionText(question)];
    if (result === undefined) return [...lead, '', paint(output, 'bad', 'failed'), error?.name ?? '', '', ''];
    return [
      ...lead,
      `${result.domain}, ${result.complexity}`,
      presentDraft(outcome, result, simulated, output),
      result.degraded ? `${result.modelUsed} (degraded)` : result.modelUsed,
      formatMoney(result.totalCost),
      formatTime(result.latencyMs),
    ];
  });
  return renderTable(columns, rows, output.columns);
}

/** What became of the first draft, and of the answer where another draft was taken in its place. */
function presentDraft(outcome: Outcome, result: CascadeResult, simulated: boolean, output: Output): string {
  if (!result.cascaded) return paint(output, 'quiet', 'none, direct');
  const [first] = result.attempts;
  const chosen = result.attempts.find((attempt) => attempt.chosen);
  const judged = result.draftAccepted && chosen ? probabilityOf(result, chosen.attempt) : '';
  const wrong = result.draftAccepted && answerIsRight(outcome, simulated) === false ? ', wrong' : '';
  const style = wrong ? 'bad' : 'good';
  if (first?.chosen) return paint(output, style, `accepted${judged}${wrong}`);
  const broken = first && first.status !== 'ok' && result.qualityScore === undefined ? brokenDrafts[first.status] : undefined;
  const before = paint(output, 'doubt', broken ?? `refused${first ? probabilityOf(result, first.attempt) : ''}`);
  return result.draftAccepted ? `${before}, ${paint(output, style, `2nd${judged}${wrong}`)}` : before;
}

/** What the last verdict on an attempt gave it, behind a space. */
function probabilityOf(result: CascadeResult, attempt: number): string {
  const verdict = result.verdicts.findLast((candidate) => candidate.attempt === attempt);
  return verdict ? ` ${verdict.probability.toFixed(2)}` : '';
}

/** The sums in words. */
export function presentTotals(totals: Totals, simulated: boolean, output: Output): string {
  const { questions, accepted, escalated, direct, failed } = totals;
  const saved = totals.savingsPercent === undefined ? 'unknown, because a price is' : `${formatPercent(totals.savingsPercent)} (${formatMoney((totals.baselineCost ?? 0) - (totals.totalCost ?? 0))})`;
  const wrong = `${totals.wrongAccepted} of ${accepted} accepted`;
  const known = simulated ? 'as we wrote them' : 'where that can be told from the text';
  return [
    `Drafts accepted      ${paint(output, 'strong', String(accepted))} of ${questions}; escalated ${escalated}, sent straight to the last model ${direct}${failed > 0 ? `, failed ${failed}` : ''}`,
    `Cost                 ${formatMoney(totals.totalCost)}, always the last model ${formatMoney(totals.baselineCost)}`,
    `Saved                ${paint(output, 'strong', saved)}`,
    `Wrong let through    ${paint(output, totals.wrongAccepted > 0 ? 'bad' : 'good', wrong)}; of the first drafts ${totals.wrongDrafts} were wrong, ${known}`,
    `Right escalated      ${totals.rightEscalated} of ${totals.rightDrafts} right drafts`,
  ].join('\n');
}
