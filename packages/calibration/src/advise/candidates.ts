import type { Table } from './candidate-rows.ts';

/** Verifiers and drafters that a search starts with, at most. Chosen by hand: 6 drafters give 36 teams. */
export const searchWidth = { verifiers: 5, drafters: 6 } as const;

/** How far below the wanted quality a verifier may be, in points: opinions can make up for that much. */
const verifierSlack = 0.03;

/** The models that might be the last tier: good enough, and none both cheaper and better; the best and the reference are always among them. */
export function verifierCandidates(table: Table, reference: string, wantedQuality: number): string[] {
  const able = table.models.filter((model) => table.mean(model).quality >= wantedQuality - verifierSlack);
  const undominated = able.filter((model) => !able.some((other) => beats(table, other, model)));
  const cheapestFirst = undominated.sort((a, b) => table.mean(a).cost - table.mean(b).cost).slice(0, searchWidth.verifiers);
  return cheapestFirst.includes(reference) ? cheapestFirst : [...cheapestFirst, reference];
}

function beats(table: Table, a: string, b: string): boolean {
  const [left, right] = [table.mean(a), table.mean(b)];
  return left.cost <= right.cost && left.quality >= right.quality && (left.cost < right.cost || left.quality > right.quality || a < b);
}

/** The models that might draft: cheaper than half the dearest verifier, those that give the most quality for their price first. */
export function drafterCandidates(table: Table, verifiers: readonly string[]): string[] {
  const dearest = Math.max(...verifiers.map((model) => table.mean(model).cost));
  const cheap = table.models.filter((model) => table.mean(model).cost < dearest / 2);
  // A draft of cost c that is right with probability q spares q of the verifier's price at best.
  const worth = (model: string) => table.mean(model).quality * dearest - table.mean(model).cost;
  return cheap.sort((a, b) => worth(b) - worth(a)).slice(0, searchWidth.drafters);
}

/** Drafters alone and in ordered pairs, the cheaper of a pair first. */
export function teams(table: Table, drafters: readonly string[]): string[][] {
  const alone = drafters.map((model) => [model]);
  const pairs = drafters.flatMap((first) =>
    drafters.filter((second) => second !== first && table.mean(first).cost <= table.mean(second).cost).map((second) => [first, second]),
  );
  return [...alone, ...pairs];
}
