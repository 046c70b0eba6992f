import type { ReplayRow } from '../replay/replay-row.ts';
import type { Maps } from '../policy/policy-row.ts';
import { fitProbabilityMap, type JudgedDraft, type ProbabilityMapOptions } from './probability-map.ts';

/** Judged drafts needed before a drafter gets a map of its own. Chosen by hand: fewer move a line by chance. */
const minMapRows = 40;

/** The labelled verdicts of probe rows, by drafter and by whether there were opinions. Vetoed drafts teach nothing: they are never accepted. */
export function judgedDrafts(rows: readonly ReplayRow[]): Map<string, { readonly model: string; readonly opinions: boolean; readonly drafts: JudgedDraft[] }> {
  const kinds = new Map<string, { readonly model: string; readonly opinions: boolean; readonly drafts: JudgedDraft[] }>();
  for (const row of rows) {
    for (const verdict of row.verdicts) {
      if (verdict.quality === undefined || verdict.veto !== undefined) continue;
      const key = JSON.stringify([verdict.model, verdict.opinions]);
      const kind = kinds.get(key) ?? { model: verdict.model, opinions: verdict.opinions, drafts: [] };
      kind.drafts.push({ verdict, quality: verdict.quality, domain: row.domain, group: row.group });
      kinds.set(key, kind);
    }
  }
  return kinds;
}

/** One map for every drafter and kind of verdict with enough rows. */
export function fitMaps(rows: readonly ReplayRow[], options: ProbabilityMapOptions = {}): Maps {
  return [...judgedDrafts(rows).values()]
    .filter(({ drafts }) => drafts.length >= minMapRows)
    .map(({ model, opinions, drafts }) => ({ model, opinions, ...fitProbabilityMap(drafts, options) }));
}
