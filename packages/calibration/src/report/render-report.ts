import type { Certificate, Infeasible } from '../guarantee/certify.ts';
import type { Interval } from '../interval/bootstrap-interval.ts';
import { drawBars } from './chart-bars.ts';
import { drawCostQuality } from './chart-cost-quality.ts';
import { drawReliability } from './chart-reliability.ts';
import { dollars, escapeHtml, percent } from './escape.ts';
import type { ReportData, Specimen } from './report-data.ts';
import { style } from './style.ts';

/** What is said around the figures. */
export interface ReportOptions {
  readonly title?: string;
  /** When the report was made. Default now. */
  readonly madeAt?: Date;
  /** Lines of the traces that were left out. */
  readonly badLines?: number;
  readonly guarantee?: { readonly result: Certificate | Infeasible; readonly maxQualityLoss: number; readonly confidence: number };
}

/** Characters of a prompt or an answer that the page shows. */
const shownCharacters = 2000;

/** One self-contained HTML page: no script, no font, no picture from elsewhere. All texts from traces are escaped. */
export function renderReport(data: ReportData, options: ReportOptions = {}): string {
  const { title = 'What the cascade saves, and what it loses', madeAt = new Date(), badLines = 0 } = options;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>
<p class="soft">${escapeHtml(data.models.join(' → '))} · ${data.summary.rows} questions · ${madeAt.toISOString().slice(0, 10)}</p>
${tiles(data)}
${guarantee(options)}
${notes(data, badLines)}
<div class="charts">
<figure><h2>Cost and quality</h2>${drawCostQuality(data.curve, data.policies)}<figcaption>The line is every threshold for the first draft; the dashed line is what a mix of policies can reach.</figcaption></figure>
<figure><h2>Reliability</h2>${drawReliability(data.bins)}<figcaption>Drafts by the probability the judge gave them, in bins of equal size. On the dashed line it says what is so. ECE ${figure(data.figures['ece'])}, AUROC ${figure(data.figures['auroc'])}, Brier ${figure(data.figures['brier'])}.</figcaption></figure>
<figure><h2>Saved by domain</h2>${drawBars('Share of the verifier-alone bill saved, by domain', data.domains.map((each) => ({ label: each.domain, value: each.saved, note: `${percent(each.saved)} saved` })))}</figure>
<figure><h2>Domains</h2>${domainTable(data)}</figure>
</div>
<h2>Worst accepted drafts</h2>${list(data.worstAccepted, 'No accepted draft was worse than the verifier’s answer.', (each) => `judged ${percent(each.probability, 0)}, was ${score(each.draftQuality)}, the verifier’s was ${score(each.verifierQuality)}`)}
<h2>Most wasteful escalations</h2>${list(data.wastefulEscalations, 'No escalation was for nothing.', (each) => `${dollars(each.wasted)} for nothing: judged ${percent(each.probability, 0)}, was ${score(each.draftQuality)}`)}
</main></body></html>
`;
}

const figure = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(3));
const score = (quality: number) => (quality === 1 ? 'good' : quality === 0 ? 'bad' : quality.toFixed(2));

function tiles({ summary, figures }: ReportData): string {
  const range = (interval: Interval) => `95%: ${percent(interval.low)} to ${percent(interval.high)}`;
  const items = [
    ['Saved', percent(summary.saved.value), range(summary.saved)],
    ['Quality kept', percent(summary.qualityKept.value), range(summary.qualityKept)],
    ['Answered without the verifier', percent(summary.acceptance.value), range(summary.acceptance)],
    ['Bill', dollars(summary.cost), `${dollars(summary.verifierCost)} for the verifier alone`],
    ['Gap recovered (APGR)', figure(figures['apgr']), `half the gap at ${percent(figures['cpt50'] ?? Number.NaN, 0)} of calls`],
  ];
  return `<div class="tiles">${items.map(([name = '', value = '', note = '']) => `<div class="tile"><span>${escapeHtml(name)}</span><b>${escapeHtml(value)}</b><span>${escapeHtml(note)}</span></div>`).join('')}</div>`;
}

function guarantee({ guarantee: given }: ReportOptions): string {
  if (given === undefined) return '';
  const { result, maxQualityLoss, confidence } = given;
  const claim = `a loss of at most ${(100 * maxQualityLoss).toFixed(1)} points of quality in a hundred against the verifier, with ${percent(confidence, 0)} confidence`;
  const told = result.feasible
    ? `Certified from threshold ${result.threshold.toFixed(3)} on: ${claim}. On these ${result.n} questions it accepts ${percent(result.acceptance)} and saves ${percent(result.saved)}.`
    : `Not certified: ${claim}. ${result.reason}.${result.needed === undefined ? '' : ` About ${result.needed} questions would be needed.`}`;
  return `<p><b>Guarantee.</b> ${escapeHtml(told)}</p>`;
}

function notes({ summary }: ReportData, badLines: number): string {
  const said: string[] = [];
  for (const [model, count] of Object.entries(summary.unrecorded)) said.push(`${count} questions are left out: ${model} would have been asked and its answer was not recorded`);
  if (summary.unlabelled > 0) said.push(`${summary.unlabelled} questions are left out: an answer has no label`);
  if (summary.unpriced > 0) said.push(`${summary.unpriced} questions are left out: a cost is unknown`);
  if (summary.failed > 0) said.push(`${summary.failed} runs failed`);
  if (badLines > 0) said.push(`${badLines} lines of the traces could not be read`);
  return said.length === 0 ? '' : `<p class="soft">${said.map(escapeHtml).join('. ')}.</p>`;
}

function domainTable({ domains }: ReportData): string {
  const rows = domains.map((each) => `<tr><td>${escapeHtml(each.domain)}</td><td>${each.rows}</td><td>${percent(each.acceptance)}</td><td>${percent(each.qualityKept)}</td><td>${percent(each.saved)}</td></tr>`);
  return `<div class="wide"><table><thead><tr><th>Domain</th><th>Questions</th><th>Accepted</th><th>Kept</th><th>Saved</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function list(specimens: readonly Specimen[], none: string, told: (each: Specimen) => string): string {
  if (specimens.length === 0) return `<p class="soft">${escapeHtml(none)}</p>`;
  return specimens
    .map((each) => {
      const part = (name: string, text: string) => `<h3>${escapeHtml(name)}</h3><pre>${escapeHtml(cut(text))}</pre>`;
      return `<details><summary>${escapeHtml(told(each))} <span class="soft">${escapeHtml(`${each.domain} · ${each.id}`)}</span></summary>${part('Question', each.prompt)}${part(`Draft of ${each.model}`, each.draft)}${part('Verifier', each.verifier)}</details>`;
    })
    .join('\n');
}

function cut(text: string): string {
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)} … (${text.length - shownCharacters} more characters)`;
}
