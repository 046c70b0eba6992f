import { type ProbabilityMap, mapProbability } from '@cascadeflow/contract';
import type { ReplayRow, ReplayVerdict } from '../replay/replay-row.ts';

/** One verdict on the way, as a threshold sees it. */
export interface Station {
  /** Corrected probability, 0 to 1. */
  readonly probability: number;
  readonly opinions: boolean;
  readonly model: string;
  readonly quality: number;
  /** USD spent when the walk ends here. */
  readonly spent: number;
  readonly vetoed: boolean;
  /** Whether the judge accepted of its own accord, with this verifier behind the draft; absent where that is not known. */
  readonly accepted?: boolean;
}

/** One question walked to the verifier, every verdict known: what any thresholds would have done with it can be read off. */
export interface PolicyRow {
  /** The trace's `runId`. */
  readonly id: string;
  readonly group: string;
  readonly domain: string;
  readonly complexity: string;
  readonly stations: readonly Station[];
  /** USD of the drafts, opinions and verifier together. */
  readonly escalatedCost: number;
  readonly verifierQuality: number;
  readonly verifierCost: number;
  /** Of the model whose quality is to be kept, where that is not the verifier. */
  readonly referenceQuality?: number;
}

/** Maps for verdicts, looked up by drafter and by whether there were opinions. */
export type Maps = readonly ProbabilityMap[];

/** The map for a verdict: of its drafter and kind, else the judge's own word. */
export function mapFor(maps: Maps, model: string, opinions: boolean): ProbabilityMap | undefined {
  return maps.find((map) => map.model === model && map.opinions === opinions);
}

/** A probe row as thresholds see it, or `undefined` when a label, a cost or an answer is missing. */
export function toPolicyRow(row: ReplayRow, maps: Maps = []): PolicyRow | undefined {
  const { verifierQuality, verifierCost, cost, unrecorded, error } = row;
  if (verifierQuality === undefined || verifierCost === undefined || cost === undefined || unrecorded.length > 0 || error !== undefined) return undefined;
  const stations: Station[] = [];
  for (const verdict of row.verdicts) {
    const { quality, spent, opinions, model } = verdict;
    if (quality === undefined || spent === undefined) return undefined;
    stations.push({ probability: corrected(verdict, maps, row.domain), opinions, model, quality, spent, vetoed: verdict.veto !== undefined, accepted: verdict.accept });
  }
  const { id, group, domain, complexity } = row;
  return { id, group, domain, complexity, stations, escalatedCost: cost, verifierQuality, verifierCost };
}

function corrected(verdict: ReplayVerdict, maps: Maps, domain: string): number {
  const map = mapFor(maps, verdict.model, verdict.opinions);
  return map === undefined ? verdict.probability : mapProbability(map, verdict, domain);
}
