/** Neighbours that are looked through before the whole row is. */
const NEAREST = 24;

/** The nearest few of a row's distances, nearest first, the first of equals before the others; -1 where there are none. */
export interface NearestRows {
  readonly rows: Int32Array;
  /** Reads the distances of another row; Infinity to those that do not count. */
  read(distances: Float64Array): void;
}

export function nearestRows(n: number): NearestRows {
  const rows = new Int32Array(Math.min(NEAREST, n));
  const gaps = new Float64Array(rows.length);
  const last = rows.length - 1;
  return {
    rows,
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

/** The nearest row that `mask` marks with 1; -1 where none is at a finite distance. */
export function nearestIn(distances: Float64Array, near: Int32Array, mask: Uint8Array): number {
  for (const j of near) if (j !== -1 && mask[j] === 1) return j;
  let best = -1;
  for (let j = 0; j < mask.length; j++) {
    if (mask[j] === 1 && Number.isFinite(distances[j]!) && (best === -1 || distances[j]! < distances[best]!)) {
      best = j;
    }
  }
  return best;
}
