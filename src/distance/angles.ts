import { angularRounding } from '../kernels/angular-rounding.js';
import { clusterMoments } from '../kernels/cluster-moments.js';
import { clusterWeights } from '../kernels/cluster-order.js';
import { SQUARES } from '../kernels/formula.js';
import { unitRows } from '../kernels/frame.js';
import { rowDistances } from '../kernels/row-distances.js';
import { squaredClusterMeans } from '../kernels/squared-cluster-means.js';
import { scoredRows } from './mean-distances.js';
import type { ResolvedMetric } from './metric-types.js';

/** 1 - cos of the angle between rows, by squared distances of unit vectors; between centred rows: 1 - Pearson's r. */
export function angles(name: 'cosine' | 'correlation', centreRows: boolean): ResolvedMetric {
  return {
    name,
    spec: name,
    kind: 'angle',
    symmetric: true,
    squared: false,
    source(_where, { points, n, d }, { engine } = {}) {
      const { rows, directionless } = unitRows(points, n, d, centreRows);
      const set = { points: rows, d };
      const rounding = angularRounding(d);
      const toAngle = (square: number, i: number, j: number) => {
        if (directionless[i] === 1 || directionless[j] === 1) return i === j ? 0 : 1;
        return square * 0.5 <= rounding ? 0 : Math.min(2, square * 0.5);
      };
      return {
        metric: name,
        n,
        unit: 1,
        symmetric: true,
        fillRows(chosen, out, place = { from: 0, at: 0, stride: n }) {
          rowDistances({ ...set, order: chosen }, set, SQUARES, out, place, engine);
          const { from, at, stride } = place;
          for (let s = 0, t = at; s < chosen.length; s++, t = at + s * stride) {
            for (let j = from; j < n; j++, t++) out[t] = toAngle(out[t]!, chosen[s]!, j);
          }
        },
        fillPairs(chosen, columns, out) {
          rowDistances({ ...set, order: chosen }, { ...set, order: columns }, SQUARES, out, undefined, engine);
          let t = 0;
          for (const i of chosen) {
            for (const j of columns) {
              out[t] = toAngle(out[t]!, i, j);
              t++;
            }
          }
        },
      };
    },
    means(_where, clustered, request) {
      const { n, d, k, labels, points } = clustered;
      const { weights } = request;
      const { rows, directionless } = unitRows(points, n, d, centreRows);
      const input = {
        points: rows,
        directionless,
        d,
        labels,
        moments: clusterMoments(rows, d, labels, k, { weights, skip: directionless }),
        total: clusterWeights(clustered, weights),
        scored: scoredRows(clustered, request),
      };
      return { kind: 'moments', input, compute: (choice) => squaredClusterMeans(input, choice) };
    },
  };
}
