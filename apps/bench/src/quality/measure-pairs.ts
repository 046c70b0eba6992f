import type { Draft, Verdict } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import type { BenchContext } from '../bench.ts';
import { pairs } from './pairs.ts';
import { toModelInfo } from './recordings.ts';

/** Judges the hand-written pairs as a small model's drafts with a large model behind it, and counts what is wrong. */
export async function measurePairs(report: BenchContext['report']): Promise<void> {
  const judge = createJudge();
  const verdict = async (prompt: string, content: string): Promise<Verdict> => {
    const draft: Draft = { provider: 'p', model: 'gpt-4o-mini', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
    return judge({ request: { messages: [{ role: 'user', content: prompt }] }, draft, model: toModelInfo('gpt-4o-mini'), target: 'balanced', escalation: { model: toModelInfo('gpt-4o', 1) } });
  };
  let [falseAccepts, falseRejects] = [0, 0];
  for (const { flaw, prompt, good, bad } of pairs) {
    const [kept, refused] = [await verdict(prompt, good), await verdict(prompt, bad)];
    if (!kept.accept) report.note(`  rejected though good: ${prompt} / ${good.slice(0, 60)}: ${kept.reason}`);
    if (refused.accept) report.note(`  accepted though ${flaw}: ${prompt} / ${bad.slice(0, 60)}: ${refused.reason}`);
    falseRejects += Number(!kept.accept);
    falseAccepts += Number(refused.accept);
  }
  report.target('hand-written pairs: bad drafts accepted', falseAccepts, { atMost: 1 }, { n: pairs.length });
  report.target('hand-written pairs: good drafts rejected', falseRejects, { atMost: 2 }, { n: pairs.length });
}
