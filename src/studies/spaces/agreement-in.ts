import type { NearestFew } from '../../kernels/nearest-few.js';

/** Share of the nearest rows among those that `mask` marks with 1 whose label is `label`; 0 where none is at a finite distance. */
export function agreementIn(
  distances: Float64Array,
  { rows, gaps }: NearestFew,
  mask: Uint8Array,
  labels: Int32Array,
  label: number,
): number {
  const far = gaps[gaps.length - 1]!;
  let least = Infinity;
  let count = 0;
  let matching = 0;
  const take = (j: number) => {
    count++;
    if (labels[j] === label) matching++;
  };
  // Among the few all ties are known, but for those at the distance of the last.
  for (let t = 0; t < rows.length && gaps[t]! < far && gaps[t]! <= least; t++) {
    if (mask[rows[t]!] === 0) continue;
    least = gaps[t]!;
    take(rows[t]!);
  }
  if (count > 0) return matching / count;
  for (let j = 0; j < mask.length; j++) if (mask[j] === 1 && distances[j]! < least) least = distances[j]!;
  if (least === Infinity) return 0;
  for (let j = 0; j < mask.length; j++) if (mask[j] === 1 && distances[j] === least) take(j);
  return matching / count;
}
