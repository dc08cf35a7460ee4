import type { Rng } from '../../core/rng.js';

/** Rows scaled to length 1; a zero row has no direction and is left out. */
export interface Sphere {
  /** Row-major, `rows.length` x d. */
  readonly data: Float64Array;
  /** Which rows of the points they are. */
  readonly rows: Int32Array;
}

export function onSphere(points: Float64Array, n: number, d: number): Sphere {
  const kept: number[] = [];
  const data = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const row = points.subarray(i * d, (i + 1) * d);
    // Scaled by the largest element first: the square of a tiny vector must not vanish.
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest === 0) continue;
    let square = 0;
    for (const value of row) square += (value / largest) * (value / largest);
    const length = Math.sqrt(square);
    for (let j = 0; j < d; j++) data[kept.length * d + j] = row[j]! / largest / length;
    kept.push(i);
  }
  return { data: data.subarray(0, kept.length * d), rows: Int32Array.from(kept) };
}

/** Mean squared distance between two different rows of one class; null when no class has two rows. */
export function alignmentOf(sphere: Sphere, d: number, codes: Int32Array): number | null {
  const k = codes.reduce((most, code) => Math.max(most, code + 1), 0);
  const counts = new Float64Array(k);
  const means = new Float64Array(k * d);
  sphere.rows.forEach((i, row) => {
    const c = codes[i]!;
    counts[c]!++;
    for (let j = 0; j < d; j++) means[c * d + j]! += sphere.data[row * d + j]!;
  });
  for (let p = 0; p < means.length; p++) means[p]! /= Math.max(1, counts[Math.floor(p / d)]!);
  // Squared distances over the m (m - 1) / 2 pairs of a class sum to m times those to its mean.
  let sum = 0;
  sphere.rows.forEach((i, row) => {
    const c = codes[i]!;
    for (let j = 0; j < d; j++) sum += counts[c]! * (sphere.data[row * d + j]! - means[c * d + j]!) ** 2;
  });
  const pairs = counts.reduce((total, count) => total + (count * (count - 1)) / 2, 0);
  return pairs === 0 ? null : sum / pairs;
}

/** log of the mean of exp(-2 |x - y|^2) over pairs of rows, of at most `sampleSize` rows drawn from all. */
export function uniformityOf(sphere: Sphere, d: number, sampleSize: number, rng: Rng): number | null {
  const total = sphere.rows.length;
  if (total < 2) return null;
  const all = Int32Array.from({ length: total }, (_, row) => row);
  const chosen = total <= sampleSize ? all : rng.shuffle(all).subarray(0, sampleSize);
  let sum = 0;
  for (let a = 1; a < chosen.length; a++) {
    for (let b = 0; b < a; b++) {
      let square = 0;
      for (let j = 0; j < d; j++) square += (sphere.data[chosen[a]! * d + j]! - sphere.data[chosen[b]! * d + j]!) ** 2;
      sum += Math.exp(-2 * square);
    }
  }
  return Math.log(sum / ((chosen.length * (chosen.length - 1)) / 2));
}
