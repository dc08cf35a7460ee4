/** Neighbours that are looked through before the whole row is. */
const NEAREST = 24;

/** The nearest few of a row's distances, nearest first; -1 where there are none. */
export interface NearestFew {
  readonly rows: Int32Array;
  readonly gaps: Float64Array;
  /** Reads the distances of another row; Infinity to those that do not count. */
  read(distances: Float64Array): void;
}

export function nearestFew(n: number): NearestFew {
  const rows = new Int32Array(Math.min(NEAREST, n));
  const gaps = new Float64Array(rows.length);
  const last = rows.length - 1;
  return {
    rows,
    gaps,
    read(distances) {
      gaps.fill(Infinity);
      rows.fill(-1);
      for (let j = 0; j < distances.length; j++) {
        if (distances[j]! >= gaps[last]!) continue;
        let at = last;
        while (at > 0 && gaps[at - 1]! > distances[j]!) {
          gaps[at] = gaps[at - 1]!;
          rows[at] = rows[at - 1]!;
          at--;
        }
        gaps[at] = distances[j]!;
        rows[at] = j;
      }
    },
  };
}

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
