import { Rng } from '../../../src/core/rng.js';

/** Points and labels of a seeded world. */
export interface World {
  readonly points: number[][];
  readonly labels: (string | number)[];
}

/** Gaussian classes: class c at distance `gap` along axis c (and further out once the axes are used up). */
export function blobs(sizes: readonly number[], gap: number, d: number, seed: number): World {
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: string[] = [];
  sizes.forEach((size, c) => {
    for (let i = 0; i < size; i++) {
      points.push(
        Array.from({ length: d }, (_, j) => (j === c % d ? gap * (1 + Math.floor(c / d)) : 0) + rng.normal()),
      );
      labels.push(`class ${c}`);
    }
  });
  return { points, labels };
}

/** Rows without structure; labels drawn with equal probability. */
export function randomLabels(n: number, k: number, d: number, seed: number): World {
  const rng = new Rng(seed);
  const points = Array.from({ length: n }, () => Array.from({ length: d }, () => rng.normal()));
  const labels = Array.from({ length: n }, (_, i) => (i < 2 * k ? i % k : rng.integer(k)));
  return { points, labels };
}

/** Many classes, few of them large, around centres that are well apart for their spread. */
export function longTail(seed: number): World {
  const sizes = [60, 40, 25, 15, 10, 8, 6, 5, 4, 3, 3, 2, 2, 2, ...Array.from({ length: 20 }, () => 1)];
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: string[] = [];
  sizes.forEach((size, c) => {
    const centre = Array.from({ length: 6 }, () => 2 * rng.normal());
    for (let i = 0; i < size; i++) {
      points.push(centre.map((m) => m + rng.normal()));
      labels.push(`term ${c}`);
    }
  });
  return { points, labels };
}
