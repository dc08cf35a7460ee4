import { naiveDistances } from './distance.js';

type Rows = readonly (readonly number[])[];

const { euclidean, sqeuclidean } = naiveDistances;
const add = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export function naiveClusters(points: Rows, labels: readonly number[]): number[][][] {
  const k = Math.max(...labels) + 1;
  return Array.from({ length: k }, (_, c) => points.filter((_, i) => labels[i] === c).map((row) => [...row]));
}

export function naiveMean(rows: Rows): number[] {
  return rows[0]!.map((_, c) => add(rows.map((row) => row[c]!)) / rows.length);
}

export function naiveDaviesBouldin(points: Rows, labels: readonly number[], q = 1): number {
  const clusters = naiveClusters(points, labels);
  const centres = clusters.map(naiveMean);
  const scatter = clusters.map(
    (rows, c) => (add(rows.map((row) => euclidean(row, centres[c]!) ** q)) / rows.length) ** (1 / q),
  );
  const worst = centres.map((centre, i) =>
    Math.max(
      ...centres.flatMap((other, j) => (i === j ? [] : [(scatter[i]! + scatter[j]!) / euclidean(centre, other)])),
    ),
  );
  return add(worst) / centres.length;
}

export function naiveCalinskiHarabasz(points: Rows, labels: readonly number[]): number {
  const clusters = naiveClusters(points, labels);
  const centres = clusters.map(naiveMean);
  const grand = naiveMean(points);
  const between = add(clusters.map((rows, c) => rows.length * sqeuclidean(centres[c]!, grand)));
  const within = add(clusters.flatMap((rows, c) => rows.map((row) => sqeuclidean(row, centres[c]!))));
  return between / (clusters.length - 1) / (within / (points.length - clusters.length));
}

export function naiveXieBeni(points: Rows, labels: readonly number[]): number {
  const clusters = naiveClusters(points, labels);
  const centres = clusters.map(naiveMean);
  const within = add(clusters.flatMap((rows, c) => rows.map((row) => sqeuclidean(row, centres[c]!))));
  const gaps = centres.flatMap((a, i) => centres.slice(i + 1).map((b) => sqeuclidean(a, b)));
  return within / points.length / Math.min(...gaps);
}

/** Widths against one distance per row and cluster. */
export function naiveCentreWidths(distances: Rows, labels: readonly number[]): number[] {
  return labels.map((label, i) => {
    if (labels.filter((other) => other === label).length === 1) return 0;
    const a = distances[i]![label]!;
    const b = Math.min(...distances[i]!.filter((_, c) => c !== label));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}

export function naiveSimplifiedSilhouette(points: Rows, labels: readonly number[]): number[] {
  const centres = naiveClusters(points, labels).map(naiveMean);
  return naiveCentreWidths(
    points.map((row) => centres.map((centre) => euclidean(row, centre))),
    labels,
  );
}
