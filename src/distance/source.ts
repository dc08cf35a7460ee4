import { angularRounding } from '../kernels/angular-rounding.js';
import type { KernelChoice } from '../kernels/block-engine.js';
import { SQUARES } from '../kernels/block-metric.js';
import { pairMetric } from '../kernels/cluster-means.js';
import { fillSquaredEuclidean } from '../kernels/fill.js';
import { fillRows, type RowsPlace } from '../kernels/fill-rows.js';
import { centredFrame, unitRows } from '../kernels/frame.js';
import { functionDistances } from './function-distances.js';
import { isSymmetricMetric, mappedRows, type ResolvedMetric, resolveMetric } from './metric.js';
import { exactDistances } from './precomputed.js';

/** Distances on demand, a run of one row at a time. */
export interface DistanceSource {
  readonly metric: string;
  readonly n: number;
  /** Multiply by this to get distances in the units of the input. */
  readonly unit: number;
  /** Writes the distances from row i to rows from .. to - 1 to out[o ..]. */
  fill(i: number, from: number, to: number, out: Float64Array, o: number): void;
  /** Whether the distance from i to j is that from j to i by construction, to the bit. */
  readonly symmetric: boolean;
  /** Writes the distances from each of `rows` to all n rows, row by row from out[0] or as `place` says: the same, faster for many rows. */
  fillRows(rows: Int32Array, out: Float64Array, place?: RowsPlace): void;
}

type RowFill = Omit<DistanceSource, 'fillRows'>;

function byRow(source: RowFill): DistanceSource {
  const { n } = source;
  const fillRows = (rows: Int32Array, out: Float64Array, { from, at, stride } = { from: 0, at: 0, stride: n }) => {
    for (let s = 0; s < rows.length; s++) source.fill(rows[s]!, from, n, out, at + s * stride);
  };
  return { ...source, fillRows };
}

export interface SourceOptions {
  readonly engine?: KernelChoice | undefined;
  /** Let `fillRows` take the faster form for many columns, which differs from `fill` by rounding. Default no. */
  readonly wide?: boolean | undefined;
  /** Take functions that depend on the direction. Default no: they are refused. */
  readonly asymmetric?: boolean | undefined;
  /** Row of the caller's input at each row, for errors. Default: the row itself. */
  readonly rowName?: ((i: number) => number) | undefined;
}

/**
 * Prepares the distances of n points under a metric, checking what the metric demands of them.
 * A function of the caller's is called with the first row of a pair as its first argument; its symmetry
 * is tried on some pairs.
 */
export function distanceSource(
  where: string,
  points: Float64Array,
  n: number,
  d: number,
  metric: ResolvedMetric = resolveMetric(where, undefined),
  options: SourceOptions = {},
): DistanceSource {
  const { engine, wide = false, rowName = (i: number) => i } = options;
  switch (metric.kind) {
    case 'coordinates': {
      const { rows, unit } = centredFrame(points, n, d);
      const set = { points: rows, d, metric: metric.block };
      if (wide) set.metric = pairMetric(set);
      return {
        metric: metric.name,
        n,
        symmetric: true,
        unit: metric.squared ? unit * unit : unit,
        fill: (i, from, to, out, o) => metric.fill(rows, i * d, rows, d, from, to, out, o),
        fillRows: (chosen, out, place) => fillRows(set, chosen, out, place, engine),
      };
    }
    case 'angle': {
      const { rows, directionless } = unitRows(points, n, d, metric.centreRows);
      const rounding = angularRounding(d);
      /** Squared distances of unit vectors from row i to rows from .. to - 1, made 1 - cos in place. */
      const toAngles = (i: number, from: number, to: number, out: Float64Array, o: number) => {
        for (let j = from; j < to; j++) {
          const t = o + j - from;
          if (directionless[i] === 1 || directionless[j] === 1) out[t] = i === j ? 0 : 1;
          else out[t] = out[t]! * 0.5 <= rounding ? 0 : Math.min(2, out[t]! * 0.5);
        }
      };
      return {
        metric: metric.name,
        n,
        unit: 1,
        symmetric: true,
        fill(i, from, to, out, o) {
          fillSquaredEuclidean(rows, i * d, rows, d, from, to, out, o);
          toAngles(i, from, to, out, o);
        },
        fillRows(chosen, out, place = { from: 0, at: 0, stride: n }) {
          fillRows({ points: rows, d, metric: SQUARES }, chosen, out, place, engine);
          const { from, at, stride } = place;
          for (let s = 0; s < chosen.length; s++) toAngles(chosen[s]!, from, n, out, at + s * stride);
        },
      };
    }
    case 'fitted': {
      const { rows, onto, unit } = mappedRows(where, metric, points, n, d, rowName);
      const source = distanceSource(where, rows, n, d, onto, options);
      return { ...source, metric: metric.name, unit: source.unit * unit };
    }
    case 'function': {
      const measure = functionDistances(where, metric, points, n, d, { asymmetric: options.asymmetric, rowName });
      return byRow({
        metric: metric.name,
        n,
        unit: 1,
        symmetric: isSymmetricMetric(metric),
        fill(i, from, to, out, o) {
          for (let j = from; j < to; j++) out[o + j - from] = i === j ? 0 : measure(i, j);
        },
      });
    }
    case 'precomputed': {
      const distances = exactDistances(where, points, n, d, rowName);
      return byRow({
        metric: 'precomputed',
        n,
        unit: 1,
        symmetric: true,
        fill(i, from, to, out, o) {
          for (let j = from; j < to; j++) out[o + j - from] = distances[i * n + j]!;
        },
      });
    }
  }
}
