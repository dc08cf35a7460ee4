/**
 * Writes the rows nearest to row i, all that are at exactly the least of its distances to the others, to
 * `out` in ascending order, and returns how many there are.
 */
export function nearestTies(distances: Float64Array, i: number, out: Int32Array): number {
  let least = Infinity;
  let count = 0;
  for (let j = 0; j < distances.length; j++) {
    const distance = distances[j]!;
    if (distance > least || j === i) continue;
    if (distance < least) {
      least = distance;
      count = 0;
    }
    out[count++] = j;
  }
  return count;
}
