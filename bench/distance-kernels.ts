import silhouetteOfRobzzson from '@robzzson/silhouette';
import { silhouetteScore } from 'deepbox/metrics';
import { tensor } from 'deepbox/ndarray';
import { euclidean } from 'ml-distance-euclidean';
import distanceMatrix from 'ml-distance-matrix';
import { silhouette as silhouetteOfSimpleStatistics } from 'simple-statistics';
import { daviesBouldin, pairwiseDistances, silhouette } from '../src/index.js';
import { blobs } from './blobs.js';
import { type Comparison, type Contender, compare } from './harness.js';

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

// deepbox refuses more than 2,000 rows.
const DEEPBOX_LIMIT = 2000;

async function silhouettes(n: number, d: number, k: number, rounds: number): Promise<Comparison> {
  const { rows, labels } = blobs(n, d, k);
  const contenders: Contender[] = [
    { name: 'clusterlens silhouette', run: () => silhouette(rows, labels).score },
    {
      name: 'simple-statistics silhouette',
      run: () => mean(silhouetteOfSimpleStatistics(rows, labels)),
    },
    { name: '@robzzson/silhouette', run: () => silhouetteOfRobzzson(rows, labels) },
  ];
  if (n <= DEEPBOX_LIMIT) {
    // Its distances lose digits in a dot-product identity.
    contenders.push({
      name: 'deepbox silhouetteScore',
      run: () => silhouetteScore(tensor(rows), tensor(labels)),
      tolerance: 1e-7,
    });
  }
  return compare('Silhouette, exact, Euclidean', `n = ${n}, d = ${d}, k = ${k}`, contenders, rounds);
}

async function matrices(n: number, d: number): Promise<Comparison> {
  const { rows } = blobs(n, d, 2);
  return compare('Matrix of Euclidean distances', `n = ${n}, d = ${d}`, [
    { name: 'clusterlens pairwiseDistances', run: () => pairwiseDistances(rows).data[n - 1]! },
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
      { name: "metric 'sqeuclidean', O(nkd)", run: () => silhouette(rows, labels, { metric: 'sqeuclidean' }).score },
      { name: 'by its definition, O(n^2 d)', run: () => silhouette(rows, labels, { metric: squared }).score },
    ],
    3,
  );
}

async function centroids(n: number, d: number, k: number): Promise<Comparison> {
  const { rows, labels } = blobs(n, d, k);
  return compare('Davies-Bouldin beside silhouette', `n = ${n}, d = ${d}, k = ${k}`, [
    { name: 'clusterlens daviesBouldin', run: () => daviesBouldin(rows, labels).score },
  ]);
}

export async function distanceKernels(): Promise<Comparison[]> {
  return [
    await silhouettes(500, 40, 24, 5),
    await silhouettes(2000, 40, 24, 3),
    await silhouettes(2000, 2, 5, 3),
    await matrices(2000, 40),
    await moments(2000, 40, 24),
    await centroids(20_000, 40, 24),
  ];
}
