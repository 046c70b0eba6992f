import { InvalidOptionsError } from '@cascadeflow/contract';
import { toUnit } from '../static/to-unit.ts';
import type { Centroid, CentroidData } from './classify-nearest.ts';

/** Directions out of their JSON form. Throws InvalidOptionsError with the path of a centroid of another length. */
export function readCentroids(data: CentroidData): Centroid[] {
  return data.centroids.map(({ label, codes }, index) => {
    const bytes = Uint8Array.from(atob(codes), (character) => character.charCodeAt(0));
    if (bytes.length !== data.dimensions) throw new InvalidOptionsError(`centroids[${index}].codes`, `holds ${bytes.length} numbers, expected ${data.dimensions}`);
    return { label, vector: toUnit(new Int8Array(bytes.buffer)) };
  });
}

/** Directions as JSON, for shipping. */
export function toCentroidData(centroids: readonly Centroid[], sharpness: number): CentroidData {
  const dimensions = centroids[0]?.vector.length ?? 0;
  return {
    dimensions,
    sharpness,
    centroids: centroids.map(({ label, vector }) => {
      const largest = Math.max(...vector.map(Math.abs)) || 1;
      const codes = Uint8Array.from(vector, (value) => Math.round((value / largest) * 127) & 0xff);
      return { label, codes: btoa(String.fromCharCode(...codes)) };
    }),
  };
}
