/** Some rows in the order of their distances, ascending. */
export interface ByDistance {
  readonly rows: Int32Array;
  readonly distances: Float64Array;
}

/** Length of the runs that are sorted by insertion. */
const RUN = 8;

/**
 * Sorts rows by their distances. A merge sort that carries the rows along: sorting the values alone and
 * looking up the place of each row takes twice as long, sorting by a comparing function ten times.
 */
export function byDistance(distances: Float64Array, rows: Int32Array): ByDistance {
  const n = rows.length;
  let from = { rows: new Int32Array(n), distances: new Float64Array(n) };
  for (let k = 0; k < n; k++) insert(from, k - (k % RUN), k, rows[k]!, distances[rows[k]!]!);
  if (n <= RUN) return from;
  let to = { rows: new Int32Array(n), distances: new Float64Array(n) };
  for (let width = RUN; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) merge(from, to, start, width);
    [from, to] = [to, from];
  }
  return from;
}

/** Puts a row into the run that goes from `start` to `end`. */
function insert({ rows, distances }: ByDistance, start: number, end: number, row: number, distance: number): void {
  let at = end;
  for (; at > start && distances[at - 1]! > distance; at--) {
    distances[at] = distances[at - 1]!;
    rows[at] = rows[at - 1]!;
  }
  distances[at] = distance;
  rows[at] = row;
}

/** Merges two neighbouring runs. */
function merge(from: ByDistance, to: ByDistance, start: number, width: number): void {
  const keys = from.distances;
  const rows = from.rows;
  const middle = Math.min(start + width, keys.length);
  const end = Math.min(middle + width, keys.length);
  let left = start;
  let right = middle;
  let at = start;
  // Without a branch on the comparison, which no processor can foresee.
  for (; left < middle && right < end; at++) {
    const later = Number(keys[right]! < keys[left]!);
    const take = left + later * (right - left);
    to.distances[at] = keys[take]!;
    to.rows[at] = rows[take]!;
    right += later;
    left += 1 - later;
  }
  for (; left < middle; left++, at++) {
    to.distances[at] = keys[left]!;
    to.rows[at] = rows[left]!;
  }
  for (; right < end; right++, at++) {
    to.distances[at] = keys[right]!;
    to.rows[at] = rows[right]!;
  }
}
