import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { readDataset } from '../../../src/data/dataset.js';
import { sampleRows } from '../../../src/data/row-sample.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { rowOrder } from '../../../src/statistics/row-order.js';
import { stratifiedFolds } from '../../../src/statistics/stratified-folds.js';
import { stratifiedSample } from '../../../src/statistics/stratified-sample.js';

type Row = readonly number[];

const part = (points: readonly Row[], labels: readonly number[]) => readDataset('test', points, labels);

/** The order by comparison alone. */
const naive = (points: readonly Row[], labels: readonly number[]) => {
  const gap = (i: number, j: number) => points[i]!.map((value, c) => value - points[j]![c]!).find((v) => v !== 0) ?? 0;
  const members = [...new Set(labels)].map((label) =>
    [...points.keys()].filter((i) => labels[i] === label).sort((i, j) => gap(i, j) || i - j),
  );
  const content = (a: number[], b: number[]) => a.map((i, at) => gap(i, b[at]!)).find((v) => v !== 0) ?? 0;
  return members.sort((a, b) => b.length - a.length || content(a, b) || labels[a[0]!]! - labels[b[0]!]!).flat();
};

const KINDS: Readonly<Record<string, (rng: Rng, c: number) => number>> = {
  uniform: (rng) => rng.uniform(),
  'few whole numbers': (rng) => rng.integer(3) - 1,
  'zeros of both signs': (rng) => (rng.integer(2) === 0 ? -0 : 0),
  'a constant first column': (rng, c) => (c === 0 ? 7 : rng.normal()),
  'the largest numbers': (rng) => (rng.integer(2) === 0 ? 1 : -1) * 1e150 * rng.uniform(),
  'the smallest numbers': (rng) => rng.integer(5) * Number.MIN_VALUE,
  'one row far away': (rng) => (rng.integer(50) === 0 ? 1e149 : rng.uniform()),
  'far from the origin': (rng) => 1e15 + rng.integer(8),
};

/** Kinds of which no two classes have equal rows. */
const KEPT_APART = Object.keys(KINDS).filter((kind) => kind !== 'zeros of both signs');

const world = (kind: string, n: number, seed: number) => {
  const rng = new Rng(seed);
  const points = Array.from({ length: n }, () => Array.from({ length: 3 }, (_, c) => KINDS[kind]!(rng, c)));
  return { points, labels: points.map(() => rng.integer(4)), order: rng.shuffle(Int32Array.from(points.keys())) };
};

describe.each(Object.keys(KINDS))('rows in an order that rests on what they are: %s', (kind) => {
  const { points, labels, order } = world(kind, 300, 5);
  const moved = part(
    Array.from(order, (i) => points[i]!),
    Array.from(order, (i) => labels[i]!),
  );
  const given = part(points, labels);
  const at = (rows: ArrayLike<number>, of: typeof given) =>
    Array.from(rows, (i) => [of.labels[i], ...Array.from(of.points.subarray(i * 3, i * 3 + 3), (v) => v + 0)]);

  test('is by size of class, then by coordinate', () => {
    expect(Array.from(rowOrder(given))).toEqual(naive(points, labels));
    const even = labels.map((_, i) => i % 4);
    expect(Array.from(rowOrder(part(points, even)))).toEqual(naive(points, even));
  });

  test('draws do not depend on how the classes are called', () => {
    const even = Array.from(order, (_, i) => i % 4);
    const draws = (of: typeof given) => [
      rowOrder(of),
      sampleRows(of, 90, 3),
      sampleRows(of, 5, 3),
      stratifiedSample(of, 60, 3),
      stratifiedFolds(of, 5, 3),
    ];
    for (const names of [even.map((c) => (c + 1) % 4), even.map((c) => 3 - c), even.map((c) => (5 * c + 2) % 4)]) {
      const [one, other] = [draws(part(points, even)), draws(part(points, names))];
      // Of classes with equal rows any may be drawn.
      if (KEPT_APART.includes(kind)) expect(other).toEqual(one);
      else expect(other.map(({ length }) => length)).toEqual(one.map(({ length }) => length));
    }
  });

  test('draws do not depend on how the rows stand', () => {
    const sorted = (rows: Int32Array, of: typeof given) => at(rows, of).map(String).sort();
    expect(sorted(sampleRows(moved, 90, 3), moved)).toEqual(sorted(sampleRows(given, 90, 3), given));
    expect(sorted(stratifiedSample(moved, 60, 3), moved)).toEqual(sorted(stratifiedSample(given, 60, 3), given));
    const folds = (of: typeof given) =>
      Array.from(stratifiedFolds(of, 5, 3), (fold, i) => `${fold} ${at([i], of)}`).sort();
    expect(folds(moved)).toEqual(folds(given));
  });
});

test('other columns of the same rows tell rows apart that are equal in the first', () => {
  const same = part([[1], [1], [1]], [0, 0, 0]);
  expect(Array.from(rowOrder(same, { also: [{ d: 1, points: Float64Array.of(3, 1, 2) }] }))).toEqual([1, 2, 0]);
});

test('distances: rows are drawn by what they are, however the classes are called', () => {
  const { points } = world('uniform', 80, 9);
  const labels = points.map((_, i) => i % 4);
  const data = points.flatMap((row) => points.map((other) => Math.hypot(...row.map((v, c) => v - other[c]!))));
  const rows = (codes: number[]) => ({
    n: 80,
    d: 80,
    points: Float64Array.from(data),
    labels: Int32Array.from(codes),
  });
  const order = rowOrder(rows(labels), { square: true });
  for (const names of [labels.map((c) => (c + 1) % 4), labels.map((c) => 3 - c)]) {
    expect(rowOrder(rows(names), { square: true })).toEqual(order);
  }
});

test('distances: rows are drawn by what they are, whatever stands where', () => {
  const { points, labels, order } = world('uniform', 80, 9);
  const distances = (rows: ArrayLike<number>) =>
    Array.from(rows, (i) => Array.from(rows, (j) => Math.hypot(...points[i]!.map((v, c) => v - points[j]![c]!))));
  const rows = Int32Array.from(points.keys());
  const all = silhouette(distances(rows), labels, { metric: 'precomputed', sampleSize: 20 });
  const moved = silhouette(
    distances(order),
    Array.from(order, (i) => labels[i]!),
    { metric: 'precomputed', sampleSize: 20 },
  );
  expect(Array.from(moved.indices, (i) => order[i]!).sort()).toEqual(Array.from(all.indices).sort());
  expect(moved.score).toBeCloseTo(all.score, 12);
});
