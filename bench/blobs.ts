import { Rng } from '../src/core/rng.js';

/** Seeded Gaussian groups around random centres: overlapping enough to be no special case. */
export function blobs(n: number, d: number, k: number, seed = 1): { rows: number[][]; labels: number[] } {
  const rng = new Rng(seed);
  const centres = Array.from({ length: k }, () => Array.from({ length: d }, () => rng.normal()));
  const labels = Array.from({ length: n }, (_, i) => i % k);
  const rows = labels.map((label) => centres[label]!.map((value) => value + rng.normal()));
  return { rows, labels };
}
