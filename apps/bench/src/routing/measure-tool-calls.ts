import type { Draft, ToolCall } from '@cascadeflow/contract';
import { auroc, bootstrapInterval, clopperPearson } from '@cascadeflow/calibration';
import { readToolCalls } from '../../../../packages/quality/src/tool-call/index.ts';
import type { Report } from '../report.ts';
import { toolQuestions, type ToolQuestion } from './bfcl.ts';
import { corrupt, schemaFaults } from './corrupt.ts';

const draftOf = (toolCalls: readonly ToolCall[], content = ''): Draft => ({ provider: '', model: '', tier: 0, content, toolCalls, finishReason: { unified: 'stop' }, complete: true });
const isVetoed = (question: ToolQuestion, calls: readonly ToolCall[]) => readToolCalls(question.request, draftOf(calls))?.veto !== undefined;

/** Gold calls, and the same calls spoilt in eight ways. */
export function measureToolCalls(folder: string, report: Report): void {
  const { questions, skipped } = toolQuestions(folder);
  const due = questions.filter((question) => question.gold.length > 0);
  const notDue = questions.filter((question) => question.gold.length === 0);
  report.note(`\nTool calls: ${due.length} questions with gold calls, ${notDue.length} where no call is due, ${skipped} left out (gold calls are source text, not values)`);
  let caught = 0;
  let spoilt = 0;
  for (const fault of schemaFaults) {
    const rows = due.flatMap((question) => {
      const calls = corrupt(question, fault);
      return calls ? [isVetoed(question, calls)] : [];
    });
    const hits = rows.filter(Boolean).length;
    caught += hits;
    spoilt += rows.length;
    report.figure({ name: `caught: ${fault}`, value: hits / rows.length, n: rows.length });
  }
  const rejected = due.filter((question) => isVetoed(question, question.gold));
  for (const question of rejected.slice(0, 3)) report.note(`rejected gold: ${question.id}: ${readToolCalls(question.request, draftOf(question.gold))?.veto}`);
  const interval = (hits: number, n: number): readonly [number, number] => {
    const { low, high } = clopperPearson(hits, n);
    return [low, high];
  };
  report.target('schema-visible faults caught', caught / spoilt, { atLeast: 0.99 }, { n: spoilt, interval: interval(caught, spoilt) });
  report.target('gold calls rejected', rejected.length / due.length, { atMost: 0.01 }, { n: due.length, interval: interval(rejected.length, due.length) });
  measureDue(due, notDue, report);
}

/** The two faults that no schema shows: a call where none is due, and none where one is. Both only inform, by the fit of the tool. */
function measureDue(due: readonly ToolQuestion[], notDue: readonly ToolQuestion[], report: Report): void {
  const any = (question: ToolQuestion): readonly ToolCall[] => [{ id: '0', name: question.request.tools?.[0]?.name ?? '', arguments: '{}' }];
  const rows = [
    ...due.map((question) => ({ fit: readToolCalls(question.request, draftOf(question.gold))?.relevance ?? 0, due: true })),
    ...notDue.map((question) => ({ fit: readToolCalls(question.request, draftOf(any(question)))?.relevance ?? 0, due: false })),
  ];
  const rank = (sample: readonly { readonly fit: number; readonly due: boolean }[]) => auroc(sample.map((row) => row.fit), sample.map((row) => row.due));
  const called = bootstrapInterval(rows, rank, { resamples: 300 });
  report.figure({ name: 'call where none is due, AUROC of the tool\'s fit', value: called.value, n: called.n, interval: [called.low, called.high] });
  const texts = [...due, ...notDue].map((question) => ({ fit: readToolCalls(question.request, draftOf([], 'Here is what I know.'))?.relevance ?? 0, due: question.gold.length > 0 }));
  const missing = bootstrapInterval(texts, rank, { resamples: 300 });
  report.figure({ name: 'no call where one is due, AUROC of the best tool\'s fit', value: missing.value, n: missing.n, interval: [missing.low, missing.high] });
}
