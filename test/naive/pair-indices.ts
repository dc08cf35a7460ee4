import { naiveCentreWidths } from './centroid-indices.js';

type Matrix = readonly (readonly number[])[];

export function naiveDunn(distances: Matrix, labels: readonly number[]): { separation: number; diameter: number } {
  let separation = Number.POSITIVE_INFINITY;
  let diameter = 0;
  for (let i = 0; i < labels.length; i++) {
    for (let j = 0; j < i; j++) {
      if (labels[i] === labels[j]) diameter = Math.max(diameter, distances[i]![j]!);
      else separation = Math.min(separation, distances[i]![j]!);
    }
  }
  return { separation, diameter };
}

/** Sum of distances of each row to the members of its cluster: the medoid has the least. */
export function naiveSums(distances: Matrix, labels: readonly number[]): number[] {
  return labels.map((label, i) =>
    labels.reduce((total, other, j) => (other === label ? total + distances[i]![j]! : total), 0),
  );
}

/** Members of each cluster with the least sum, those that exceed it by rounding counted in. */
export function naiveMedoids(distances: Matrix, labels: readonly number[]): number[][] {
  const sums = naiveSums(distances, labels);
  return Array.from({ length: Math.max(...labels) + 1 }, (_, c) => {
    const members = labels.flatMap((label, i) => (label === c ? [i] : []));
    const least = Math.min(...members.map((i) => sums[i]!));
    return members.filter((i) => sums[i]! - least <= 1e-12 * least);
  });
}

/** Widths against medoids: a row is as far from a cluster as from its medoids on average. */
export function naiveMedoidWidths(
  distances: Matrix,
  labels: readonly number[],
  medoids: readonly number[][],
): number[] {
  return naiveCentreWidths(
    labels.map((_, i) => medoids.map((rows) => rows.reduce((total, m) => total + distances[i]![m]!, 0) / rows.length)),
    labels,
  );
}

/** The nearest other rows of each row: all that are at the least distance. */
export function naiveNearest(distances: Matrix): number[][] {
  return distances.map((row, i) => {
    const least = Math.min(...row.filter((_, j) => j !== i));
    return row.flatMap((distance, j) => (j !== i && distance === least ? [j] : []));
  });
}
