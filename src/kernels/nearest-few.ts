/** The nearest few of the distances of one row, nearest first; of those that tie for the last places the first in order. */
export interface NearestFew {
  /** -1 where there are none. */
  readonly rows: Int32Array;
  readonly gaps: Float64Array;
  /** Reads the distances of another row, to `among` (default: all) but itself; Infinity to those that do not count. */
  read(distances: Float64Array, self?: number, among?: Int32Array): void;
}

export function nearestFew(count: number): NearestFew {
  const rows = new Int32Array(count);
  const gaps = new Float64Array(count);
  const last = count - 1;
  return {
    rows,
    gaps,
    read(distances, self = -1, among) {
      gaps.fill(Infinity);
      rows.fill(-1);
      const size = among === undefined ? distances.length : among.length;
      for (let p = 0; p < size; p++) {
        const j = among === undefined ? p : among[p]!;
        const distance = distances[j]!;
        if (distance >= gaps[last]! || j === self) continue;
        let at = last;
        for (; at > 0 && gaps[at - 1]! > distance; at--) {
          gaps[at] = gaps[at - 1]!;
          rows[at] = rows[at - 1]!;
        }
        gaps[at] = distance;
        rows[at] = j;
      }
    },
  };
}

/** The share of a place that each row at the distance of the last of the few has: those that tie share the last places. */
export function shareOfLast({ gaps }: NearestFew, distances: Float64Array, self = -1, among?: Int32Array): number {
  const last = gaps[gaps.length - 1]!;
  let places = 0;
  for (const gap of gaps) if (gap === last) places++;
  let tied = 0;
  const size = among === undefined ? distances.length : among.length;
  for (let p = 0; p < size; p++) {
    const j = among === undefined ? p : among[p]!;
    if (distances[j] === last && j !== self) tied++;
  }
  return places / tied;
}
