/** A policy as a point: mean cost in USD per question and mean quality from 0 to 1. */
export interface CostQuality {
  readonly cost: number;
  readonly quality: number;
}

/** The points that no mix of the others beats: the upper, non-decreasing convex hull, cheapest first. */
export function costQualityHull<Point extends CostQuality>(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a.cost - b.cost || b.quality - a.quality);
  const hull: Point[] = [];
  for (const point of sorted) {
    if (hull.length > 0 && point.quality <= (hull.at(-1)?.quality ?? 0)) continue;
    while (hull.length > 1) {
      const last = hull.at(-1) as Point;
      const before = hull.at(-2) as Point;
      const bends = (last.quality - before.quality) * (point.cost - before.cost) > (point.quality - before.quality) * (last.cost - before.cost);
      if (bends) break;
      hull.pop();
    }
    hull.push(point);
  }
  return hull;
}

/**
 * Average improvement in quality: area under the convex hull of cost and quality, divided by the range of cost. The range defaults to that of
 * the points; give it to compare routers on one footing. With a range of width 0 it is the best quality. `NaN` for no points.
 *
 * Hu et al., "RouterBench: a benchmark for multi-LLM routing system", 2024.
 */
export function aiq(points: readonly CostQuality[], range?: { readonly from: number; readonly to: number }): number {
  const hull = costQualityHull(points);
  const best = hull.at(-1);
  const first = hull[0];
  if (best === undefined || first === undefined) return Number.NaN;
  const from = range?.from ?? Math.min(...points.map((point) => point.cost));
  const to = range?.to ?? Math.max(...points.map((point) => point.cost));
  if (to <= from) return best.quality;
  const corners = [{ cost: Number.NEGATIVE_INFINITY, quality: first.quality }, ...hull, { cost: Number.POSITIVE_INFINITY, quality: best.quality }];
  let area = 0;
  for (let index = 1; index < corners.length; index++) {
    const left = corners[index - 1] as CostQuality;
    const right = corners[index] as CostQuality;
    const low = Math.max(from, left.cost);
    const high = Math.min(to, right.cost);
    if (high <= low) continue;
    const slope = Number.isFinite(right.cost - left.cost) ? (right.quality - left.quality) / (right.cost - left.cost) : 0;
    const at = (cost: number) => left.quality + (slope === 0 ? 0 : slope * (cost - left.cost));
    area += ((at(low) + at(high)) / 2) * (high - low);
  }
  return area / (to - from);
}
