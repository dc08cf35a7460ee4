import { naiveClusters, naiveMean } from './centroid-indices.js';
import { naiveDistances } from './distance.js';

type Rows = readonly (readonly number[])[];

const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** ln W_k by the definition over ordered pairs: W = sum over clusters of D / (2 size), D of squared distances. */
export function naiveLogDispersion(points: Rows, labels: readonly number[]): number {
  const { sqeuclidean } = naiveDistances;
  return Math.log(
    add(
      naiveClusters(points, labels)
        .filter((rows) => rows.length > 0)
        .map((rows) => add(rows.flatMap((a) => rows.map((b) => sqeuclidean(a, b)))) / (2 * rows.length)),
    ),
  );
}

/** gap and s from the dispersions of the reference sets. */
export function naiveGap(observed: number, reference: readonly number[]): { gap: number; standardError: number } {
  const mean = add(reference) / reference.length;
  const sd = Math.sqrt(add(reference.map((value) => (value - mean) ** 2)) / reference.length);
  return { gap: mean - observed, standardError: sd * Math.sqrt(1 + 1 / reference.length) };
}

/** Lloyd's algorithm from the k rows that are farthest apart one after another: no chance in it. */
export function farthestFirst(points: Rows, k: number): number[] {
  const { sqeuclidean } = naiveDistances;
  const nearest = (row: readonly number[], centres: Rows) => {
    const distances = centres.map((centre) => sqeuclidean(row, centre));
    return distances.indexOf(Math.min(...distances));
  };
  let centres: number[][] = [[...points[0]!]];
  while (centres.length < k) {
    const gaps = points.map((row) => Math.min(...centres.map((centre) => sqeuclidean(row, centre))));
    centres.push([...points[gaps.indexOf(Math.max(...gaps))]!]);
  }
  let labels = points.map((row) => nearest(row, centres));
  for (let round = 0; round < 20; round++) {
    centres = centres.map((centre, c) => {
      const members = points.filter((_, i) => labels[i] === c);
      return members.length === 0 ? centre : naiveMean(members);
    });
    labels = points.map((row) => nearest(row, centres));
  }
  return labels;
}
