import { rowNameOf } from '../data/row-name.js';
import { meansByRows } from './mean-distances.js';
import type { ResolvedMetric } from './metric-types.js';
import { pairSource } from './pair-source.js';
import { exactDistances } from './precomputed.js';

/** Distances that the caller has: the points are the n x n matrix. */
export const precomputed: ResolvedMetric = {
  name: 'precomputed',
  spec: 'precomputed',
  kind: 'precomputed',
  symmetric: true,
  squared: false,
  source(where, { points, n, d }, { rowName } = {}) {
    const distances = exactDistances(where, points, n, d, rowName);
    return pairSource({ metric: 'precomputed', n, unit: 1, symmetric: true }, (i, j) => distances[i * n + j]!);
  },
  means: (where, rows, request) =>
    meansByRows(rows, request, () => precomputed.source(where, rows, { rowName: rowNameOf(rows) })),
};
