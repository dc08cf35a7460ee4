import { Rng } from '../../src/core/rng.js';

/** How the rows of a class lie about its centre. */
export type Shape = 'round' | 'correlated' | 'heavy' | 'skewed' | 'unequal' | 'box' | 'bent';

export interface RowWorld {
  readonly points: number[][];
  /** The class that each row was drawn from. */
  readonly truth: number[];
}

export interface WorldSettings {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly shape: Shape;
  /** Share of rows that the class of highest density gets wrong, about. */
  readonly overlap: number;
  /** Largest class over smallest. Default 1. */
  readonly imbalance?: number;
}

function exponential(rng: Rng): number {
  return -Math.log(1 - rng.uniform());
}

/** A row about the origin. */
function around(rng: Rng, d: number, shape: Shape): number[] {
  const row = Array.from({ length: d }, () => rng.normal());
  if (shape === 'heavy') {
    const chi = Array.from({ length: 5 }, () => rng.normal() ** 2).reduce((a, b) => a + b, 0);
    return row.map((value) => value / Math.sqrt(chi / 5));
  }
  if (shape === 'skewed') return row.map(() => exponential(rng));
  if (shape === 'box') return row.map(() => Math.sqrt(12) * (rng.uniform() - 0.5));
  if (shape === 'bent')
    return row.map((value, c) => (c === 1 ? 0.3 * value + 0.5 * row[0]! ** 2 : c === 0 ? 1.5 * value : 0.3 * value));
  return row;
}

/** Share of rows whose nearest neighbour is of another class, by brute force on some rows. */
function mixed(points: readonly number[][], truth: readonly number[]): number {
  const m = Math.min(points.length, 150);
  let wrong = 0;
  for (let i = 0; i < m; i++) {
    const gaps = points.map(
      (row, j) => [j === i ? Infinity : row.reduce((s, v, c) => s + (v - points[i]![c]!) ** 2, 0), truth[j]!] as const,
    );
    const near = gaps.sort((a, b) => a[0] - b[0]).slice(0, 15);
    const votes = new Map<number, number>();
    for (const [, c] of near) votes.set(c, (votes.get(c) ?? 0) + 1);
    if ([...votes].sort((a, b) => b[1] - a[1])[0]![0] !== truth[i]!) wrong++;
  }
  return wrong / m;
}

/** Classes of one shape at random places, as far apart as the overlap asks for. */
export function rowWorld({ n, d, k, shape, overlap, imbalance = 1 }: WorldSettings, seed: number): RowWorld {
  const rng = new Rng(seed);
  const weights = Array.from({ length: k }, (_, c) => imbalance ** -(c / Math.max(1, k - 1)));
  const total = weights.reduce((a, b) => a + b, 0);
  const truth: number[] = [];
  for (let i = 0; i < n; i++) {
    let left = rng.uniform() * total;
    let c = 0;
    while (c < k - 1 && left >= weights[c]!) left -= weights[c++]!;
    truth.push(c);
  }
  const spread = weights.map((_, c) => (shape === 'unequal' ? 0.5 + (1.5 * c) / Math.max(1, k - 1) : 1));
  const mix = Array.from({ length: d }, (_, a) =>
    Array.from({ length: d }, (_, b) => (a === b ? 1 : 0) + (0.6 * rng.normal()) / Math.sqrt(d)),
  );
  const offsets = truth.map((c) => {
    const row = around(rng, d, shape);
    const turned = shape === 'correlated' ? mix.map((m) => m.reduce((s, v, b) => s + v * row[b]!, 0)) : row;
    return turned.map((value) => spread[c]! * value);
  });
  const centers = Array.from({ length: k }, () => Array.from({ length: d }, () => rng.normal()));
  const at = (far: number) => offsets.map((row, i) => row.map((value, c) => value + far * centers[truth[i]!]![c]!));
  let low = 0;
  let high = 60;
  for (let t = 0; t < 7; t++) {
    const middle = (low + high) / 2;
    if (mixed(at(middle), truth) > overlap) low = middle;
    else high = middle;
  }
  return { points: at(high), truth };
}

/** Labels of which a share was shuffled: among all rows, or among those of classes 0 and 1 only. */
export function shuffledLabels(truth: readonly number[], share: number, among: 'all' | 'pair', seed: number): number[] {
  // Not the stream that placed the rows.
  const rng = new Rng(seed + 1_000_000);
  const labels = truth.slice();
  const rows = truth.flatMap((c, i) => ((among === 'all' || c < 2) && rng.uniform() < share ? [i] : []));
  const dealt = rng.shuffle(rows.map((i) => truth[i]!));
  rows.forEach((i, t) => {
    labels[i] = dealt[t]!;
  });
  return labels;
}
