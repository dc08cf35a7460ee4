import { rowsToScore } from '../data/rows-to-score.js';

/** What the time of a diagnosis depends on. */
export interface TimedInput {
  readonly n: number;
  /** Columns; 0 where distances are given in their place. */
  readonly d: number;
  readonly k: number;
  readonly sampleSize?: number | undefined;
  readonly permutations?: number | undefined;
}

/** Counts of what a diagnosis does, and what each is. */
export const FEATURES = [
  'start and warming up',
  'passes over all numbers',
  'coordinates of distances',
  'distances under permuted labels',
  'pairs of rows of the sample',
  'classes under permuted labels',
  'columns of centres under permuted labels',
  'products of columns',
  'columns of groups that may touch',
] as const;

/** In units that make the constants seconds for some 10^9 steps. */
const UNIT = 1e9;
/** Rows of the hierarchy and of the gaps at most. */
const HIERARCHY = 1500;
const GAPS = 5000;
/** Columns up to which covariances are computed. */
const WIDEST = 128;

/** How often each is done, in the order of `FEATURES`. */
export function timeFeatures({ n, d, k, sampleSize = 2000, permutations = 200 }: TimedInput): number[] {
  const sample = Math.min(n, sampleSize);
  const scored = n <= sampleSize ? n : Math.min(sampleSize, rowsToScore({ n, d: Math.max(1, d) }));
  const dealt = n <= sampleSize ? n : Math.min(scored, Math.max(100, Math.floor(2e9 / (n * permutations))));
  const leaves = Math.min(k, sample / 5);
  const rows = Math.min(n, HIERARCHY, Math.max(20 * leaves, 1e7 / (Math.max(1, d) * (8 + leaves))));
  return [
    1,
    (n * d) / UNIT,
    ((2 * scored * n + sample * sample) * d) / UNIT,
    (dealt * n * permutations) / UNIT,
    (sample * sample) / UNIT,
    (dealt * k * permutations) / UNIT,
    (rows * leaves * Math.min(d, WIDEST) * permutations) / UNIT,
    (sample * d * Math.min(sample, d)) / UNIT,
    (Math.min(n, GAPS) * Math.min(k, 50) * d) / UNIT,
  ];
}
