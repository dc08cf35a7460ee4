/**
 * Adds the silhouette width of one row under each of several labelings with the same cluster sizes.
 * `sums[p * k + c]` collects the widths of the rows that labeling p puts in cluster c. `distances`
 * holds the distances from row i to all rows; distances[i] must be 0. `scratch` holds k numbers.
 *
 * Cost O(labelings * (n + k)).
 */
export function addPermutedWidths(
  distances: Float64Array,
  i: number,
  labelings: readonly Int32Array[],
  counts: Int32Array,
  sums: Float64Array,
  scratch: Float64Array,
): void {
  const n = distances.length;
  const k = counts.length;
  for (let p = 0; p < labelings.length; p++) {
    const labels = labelings[p]!;
    const cluster = labels[i]!;
    if (counts[cluster]! === 1) continue; // a singleton scores 0
    scratch.fill(0);
    for (let j = 0; j < n; j++) scratch[labels[j]!]! += distances[j]!;
    const own = scratch[cluster]! / (counts[cluster]! - 1);
    let nearest = Number.POSITIVE_INFINITY;
    for (let c = 0; c < k; c++) {
      if (c === cluster) continue;
      const mean = scratch[c]! / counts[c]!;
      if (mean < nearest) nearest = mean;
    }
    const larger = Math.max(own, nearest);
    if (larger > 0) sums[p * k + cluster]! += (nearest - own) / larger;
  }
}
