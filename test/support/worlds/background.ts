import { Rng } from '../../../src/core/rng.js';
import { direction } from './draws.js';
import { type GroupsName, groups } from './groups.js';
import { byDbscan } from './labels-by.js';

export interface RowsWorld {
  readonly points: number[][];
  readonly labels: number[];
}

/** Groups 1 .. k, and a share of rows of class 0 that is uniform in the box around them. */
export function background(
  name: GroupsName,
  { n, d, k, share, seed }: { n: number; d: number; k: number; share: number; seed: number },
): RowsWorld {
  const { points, labels } = groups(name, { n: Math.round(n * (1 - share)), d, k, seed });
  const rows = labels.map((_, i) => Array.from(points.data.subarray(i * d, (i + 1) * d)));
  const columns = Array.from({ length: d }, (_, c) => rows.map((row) => row[c]!));
  const box = columns.map((column) => [Math.min(...column), Math.max(...column)] as const);
  // Not the stream that placed the groups.
  const rng = new Rng(seed + 1_000_000);
  const noise = Array.from({ length: Math.round(n * share) }, () =>
    box.map(([low, high]) => low + (high - low) * rng.uniform()),
  );
  return { points: [...rows, ...noise], labels: [...labels.map((c) => c + 1), ...noise.map(() => 0)] };
}

/**
 * Labels of DBSCAN on groups with uniform background: 0 is what it left over. Its radius reaches the tenth
 * neighbour of 95 in 100 rows of the groups. Null where it finds fewer than three groups, or leaves fewer than eight rows.
 */
export function leftover(
  name: GroupsName,
  setup: { n: number; d: number; k: number; share: number; seed: number },
): RowsWorld | null {
  const { points } = background(name, setup);
  const n = points.length;
  const tenth = points
    .map((row) => points.map((other) => Math.hypot(...row.map((v, c) => v - other[c]!))).sort((a, b) => a - b)[10]!)
    .sort((a, b) => a - b);
  const radius = tenth[Math.floor(0.95 * n * (1 - setup.share))]!;
  const table = { data: Float64Array.from(points.flat()), rows: n, columns: setup.d };
  const labels = byDbscan(table, radius, 10).map((label) => label + 1);
  const rest = labels.filter((label) => label === 0).length;
  return new Set(labels).size < 4 || rest < 8 ? null : { points, labels };
}

type Draw = () => number[];

const plus = (row: ArrayLike<number>, center: readonly number[]) => Array.from(row, (v, c) => v + (center[c] ?? 0));
const along = (rng: Rng, d: number, length: number) => Array.from(direction(rng, d), (v) => length * v);
const ball =
  (rng: Rng, d: number, sd: number, center: readonly number[] = []): Draw =>
  () =>
    plus(
      Array.from({ length: d }, () => sd * rng.normal()),
      center,
    );

/** A class that lies about the others in some way and is no noise: how many rows, and how each is drawn. */
const WIDE: Readonly<Record<string, (rng: Rng, d: number) => readonly (readonly [number, Draw])[]>> = {
  'a wide class (4 sd) with two beside it': (rng, d) => [
    [150, ball(rng, d, 4)],
    [100, ball(rng, d, 1, along(rng, d, 15))],
    [100, ball(rng, d, 1, along(rng, d, 15))],
  ],
  'a wide class (4 sd) to one side of three': (rng, d) => [
    [150, ball(rng, d, 4)],
    ...Array.from({ length: 3 }, () => [100, ball(rng, d, 1, plus(along(rng, d, 6), [21]))] as const),
  ],
  'a dense class in a wide one (5 sd), a third far': (rng, d) => [
    [200, ball(rng, d, 5)],
    [100, ball(rng, d, 0.5)],
    [100, ball(rng, d, 1, [30])],
  ],
  'a ring around a ball, a third beside': (rng, d) => [
    [200, () => along(rng, d, 10 + 0.5 * rng.normal())],
    [100, ball(rng, d, 1)],
    [100, ball(rng, d, 1, [20])],
  ],
  'two that overlap, two beside': (rng, d) => [
    [100, ball(rng, d, 1)],
    [100, ball(rng, d, 1.5, [1])],
    [100, ball(rng, d, 1, [12])],
    [100, ball(rng, d, 1, [0, 12])],
  ],
  'two groups of one class on either side': (rng, d) => [
    [100, () => plus(ball(rng, d, 1)(), [rng.uniform() < 0.5 ? 0 : 30])],
    [100, ball(rng, d, 1, [10])],
    [100, ball(rng, d, 1, [20])],
  ],
};

export const WIDE_NAMES = Object.keys(WIDE);

export function wideClass(name: string, { d, seed }: { d: number; seed: number }): RowsWorld {
  const drawn = WIDE[name]!(new Rng(seed), d).map(([rows, draw]) => Array.from({ length: rows }, draw));
  return { points: drawn.flat(), labels: drawn.flatMap((rows, c) => rows.map(() => c)) };
}
