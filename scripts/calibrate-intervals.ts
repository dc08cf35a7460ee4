/**
 * Coverage of the 95% intervals of `verifyClaims` (delete-d jackknife) over more worlds and designs
 * than the test has time for. Prints a table; run with: npx tsx scripts/calibrate-intervals.ts [worlds]
 */

import { daviesBouldin, neighborAgreement, silhouette } from '../src/index.js';
import { shareInterval } from '../src/statistics/share-interval.js';
import { subsampleSize, subsampleSpread } from '../src/statistics/subsample.js';
import { blobs } from '../test/unit/diagnose/worlds.js';

const WORLDS = Number(process.argv[2] ?? 1000);
const DESIGNS: ReadonlyArray<readonly [sizes: readonly number[], gap: number, columns: number]> = [
  [[30, 30, 30], 4, 2],
  [[40, 25, 10], 3, 4],
  [[30, 30], 3, 2],
  [[60, 60], 2, 2],
  [[15, 15, 15, 15, 15, 15], 3, 4],
];
const INDICES = {
  silhouette: (points: number[][], labels: (string | number)[]) => silhouette(points, labels).score,
  daviesBouldin: (points: number[][], labels: (string | number)[]) => daviesBouldin(points, labels).score,
  neighborAgreement: (points: number[][], labels: (string | number)[]) => neighborAgreement(points, labels).score,
};

const table = DESIGNS.map(([sizes, gap, columns]) => {
  const worlds = Array.from({ length: WORLDS }, (_, seed) => blobs(sizes, gap, columns, seed));
  const all = Object.values(INDICES);
  const scores = worlds.map(({ points, labels }) => all.map((index) => index(points, labels)));
  const truth = all.map((_, s) => scores.reduce((sum, row) => sum + row[s]!, 0) / WORLDS);
  const covered = all.map(() => 0);
  worlds.forEach(({ points, labels }, w) => {
    const pick = (rows: Int32Array) =>
      all.map((index) =>
        index(
          Array.from(rows, (i) => points[i]!),
          Array.from(rows, (i) => labels[i]!),
        ),
      );
    const size = subsampleSize(points.length, sizes.length);
    const { standardErrors } = subsampleSpread((subsets) => subsets.map(pick), Int32Array.from(points.keys()), {
      size,
      resamples: 100,
      seed: w,
    });
    standardErrors.forEach((error, s) => {
      const score = scores[w]![s]!;
      const [low, high] = s === 2 ? shareInterval(score, points.length) : [score, score];
      const half = 1.96 * (error ?? Number.NaN);
      if (truth[s]! >= Math.min(low, score - half) && truth[s]! <= Math.max(high, score + half)) covered[s]!++;
    });
  });
  const share = Object.fromEntries(Object.keys(INDICES).map((name, s) => [name, (covered[s]! / WORLDS).toFixed(3)]));
  return { classes: sizes.join('/'), gap, columns, ...share };
});
console.table(table);
