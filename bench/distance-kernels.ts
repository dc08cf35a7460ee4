import silhouetteOfRobzzson from '@robzzson/silhouette';
import { silhouetteScore } from 'deepbox/metrics';
import { tensor } from 'deepbox/ndarray';
import { euclidean } from 'ml-distance-euclidean';
import distanceMatrix from 'ml-distance-matrix';
import { silhouette as silhouetteOfSimpleStatistics } from 'simple-statistics';
import { pairwiseDistances, silhouette } from '../src/index.js';
import { blobs } from './blobs.js';
import { type Comparison, type Contender, compare, type Task } from './harness.js';

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

// deepbox refuses more than 2,000 rows; the others take from half a minute to many minutes beyond these.
const DEEPBOX_ROWS = 2000;
const SIMPLE_STATISTICS_ROWS = 10_000;
const ROBZZSON_WORK = 2000 * 2000 * 40;

async function silhouettes(n: number, d: number, k: number, rounds: number): Promise<Comparison> {
  const { rows, labels } = blobs(n, d, k);
  const contenders: Contender[] = [{ name: 'clusterlens', run: () => silhouette(rows, labels).score }];
  if (n <= SIMPLE_STATISTICS_ROWS) {
    contenders.push({ name: 'simple-statistics', run: () => mean(silhouetteOfSimpleStatistics(rows, labels)) });
  }
  if (n * n * d <= ROBZZSON_WORK && k < n / 4) {
    contenders.push({ name: '@robzzson/silhouette', run: () => silhouetteOfRobzzson(rows, labels) });
  }
  if (n <= DEEPBOX_ROWS) {
    // Its distances lose digits in a dot-product identity.
    const run = () => silhouetteScore(tensor(rows), tensor(labels));
    contenders.push({ name: 'deepbox', run, tolerance: 1e-7 });
  }
  return compare('Silhouette, exact, Euclidean', `n = ${n}, d = ${d}, k = ${k}`, contenders, rounds);
}

async function matrices(n: number, d: number): Promise<Comparison> {
  const { rows } = blobs(n, d, 2);
  return compare('Matrix of Euclidean distances', `n = ${n}, d = ${d}`, [
    { name: 'clusterlens', run: () => pairwiseDistances(rows).data[n - 1]! },
    { name: 'ml-distance-matrix', run: () => distanceMatrix(rows, euclidean)[0]![n - 1]! },
  ]);
}

/** What the moment form saves: the same index by its definition and in O(n k d). */
async function moments(n: number, d: number, k: number): Promise<Comparison> {
  const { rows, labels } = blobs(n, d, k);
  const squared = (a: Float64Array, b: Float64Array) => {
    let sum = 0;
    for (let c = 0; c < a.length; c++) sum += (a[c]! - b[c]!) ** 2;
    return sum;
  };
  return compare(
    'Silhouette, squared Euclidean',
    `n = ${n}, d = ${d}, k = ${k}`,
    [
      { name: 'clusterlens, O(nkd)', run: () => silhouette(rows, labels, { metric: 'sqeuclidean' }).score },
      { name: 'by its definition, O(n^2 d)', run: () => silhouette(rows, labels, { metric: squared }).score },
    ],
    3,
  );
}

const growing = (n: number, rounds: number): Task => ({ n, run: () => silhouettes(n, 40, 24, rounds) });

export const distanceKernels: readonly Task[] = [
  growing(500, 9),
  growing(2000, 5),
  growing(5000, 3),
  growing(10_000, 1),
  growing(20_000, 1),
  { run: () => silhouettes(2000, 2, 24, 5) },
  { run: () => silhouettes(2000, 128, 24, 3) },
  { run: () => silhouettes(2000, 768, 24, 3) },
  { run: () => silhouettes(1595, 40, 2, 5) },
  { run: () => silhouettes(1595, 40, 765, 3) },
  { run: () => matrices(2000, 40) },
  { run: () => matrices(2000, 768) },
  { run: () => moments(2000, 40, 24) },
];
