import type { Rng } from '../../core/rng.js';
import { shrunkenFactor } from '../../statistics/whitened.js';
import { BENCHMARK } from './benchmark.js';
import type { PairOfGroups } from './near-rows.js';

/** Two normal groups with the covariance within the groups that were given, apart along the line between their centres. */
export interface NormalPair {
  /** Lower Cholesky factor of the covariance; a number where it is round. */
  readonly factor: Float64Array | number;
  /** From one centre to the other. */
  readonly line: Float64Array;
}

function centresOf({ rows, n, first }: PairOfGroups, d: number): readonly [Float64Array, Float64Array] {
  const centres = [new Float64Array(d), new Float64Array(d)] as const;
  for (let i = 0; i < n; i++) {
    const [centre, size] = i < first ? [centres[0], first] : [centres[1], n - first];
    for (let c = 0; c < d; c++) centre[c]! += rows[i * d + c]! / size;
  }
  return centres;
}

/** Length of a vector in standard deviations of the distribution with this factor (Mahalanobis). */
function lengthIn(factor: Float64Array | number, vector: Float64Array): number {
  const d = vector.length;
  if (typeof factor === 'number') return Math.hypot(...vector) / factor;
  const scaled = vector.slice();
  for (let a = 0; a < d; a++) {
    for (let b = 0; b < a; b++) scaled[a]! -= factor[a * d + b]! * scaled[b]!;
    scaled[a]! /= factor[a * d + a]!;
  }
  return Math.hypot(...scaled);
}

/** The pair of normal groups like these two with a Bayes error of 3%; null where rows or centres do not differ. */
export function normalPairLike(pair: PairOfGroups, d: number): NormalPair | null {
  const { rows, n, first } = pair;
  if (first === 0 || first === n) return null;
  const centres = centresOf(pair, d);
  const within = rows.slice();
  let trace = 0;
  for (let i = 0; i < n; i++) {
    const centre = centres[i < first ? 0 : 1];
    for (let c = 0; c < d; c++) {
      within[i * d + c]! -= centre[c]!;
      trace += within[i * d + c]! ** 2 / n;
    }
  }
  const factor =
    shrunkenFactor(
      within,
      d,
      Int32Array.from({ length: n }, (_, i) => i),
    ) ?? Math.sqrt(trace / d);
  const line = centres[1].map((v, c) => v - centres[0][c]!);
  const length = lengthIn(factor, line);
  if (!(length > 0 && length < Infinity)) return null;
  return { factor, line: line.map((v) => (v * BENCHMARK) / length) };
}

/** Rows of the two groups, as many as in the pair they are like. */
export function drawPair({ factor, line }: NormalPair, { n, first }: PairOfGroups, rng: Rng): PairOfGroups {
  const d = line.length;
  const rows = new Float64Array(n * d);
  const z = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) z[c] = rng.normal();
    for (let a = 0; a < d; a++) {
      let sum = i < first ? 0 : line[a]!;
      if (typeof factor === 'number') sum += factor * z[a]!;
      else for (let b = 0; b <= a; b++) sum += factor[a * d + b]! * z[b]!;
      rows[i * d + a] = sum;
    }
  }
  return { rows, n, first };
}
