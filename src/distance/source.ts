import { InputError } from '../core/errors.js';
import { angularRounding } from '../kernels/angular-rounding.js';
import type { EngineChoice } from '../kernels/block-engine.js';
import { SQUARES } from '../kernels/block-metric.js';
import { pairMetric } from '../kernels/cluster-means.js';
import { fillSquaredEuclidean } from '../kernels/fill.js';
import { fillRows, type RowsPlace } from '../kernels/fill-rows.js';
import { centredFrame, unitRows } from '../kernels/frame.js';
import { type DistanceFunction, type ResolvedMetric, resolveMetric } from './metric.js';
import { checkPrecomputed } from './precomputed.js';

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

type RowFill = Omit<DistanceSource, 'fillRows' | 'symmetric'>;

function byRow(source: RowFill): DistanceSource {
  const { n } = source;
  const fillRows = (rows: Int32Array, out: Float64Array, { from, at, stride } = { from: 0, at: 0, stride: n }) => {
    for (let s = 0; s < rows.length; s++) source.fill(rows[s]!, from, n, out, at + s * stride);
  };
  return { ...source, symmetric: false, fillRows };
}

export interface SourceOptions {
  readonly engine?: EngineChoice | undefined;
  /** Let `fillRows` take the faster form for many columns, which differs from `fill` by rounding. Default no. */
  readonly wide?: boolean | undefined;
}

/** A row may be this far from itself, relative to the largest distance from the first row. */
const SELF = 1e-6;
/** Distances of functions are summed and squared as they come; up to this neither can overflow. */
const LARGEST = 1e150;

function functionSource(where: string, name: string, fn: DistanceFunction, points: Float64Array, n: number, d: number) {
  const own = points.slice(); // a function may write to its rows
  const rows = Array.from({ length: n }, (_, i) => own.subarray(i * d, (i + 1) * d));
  const measure = (i: number, j: number): number => {
    const value: unknown = fn(rows[i]!, rows[j]!);
    if (typeof value === 'number' && value >= 0 && value <= LARGEST) return value;
    throw new InputError(
      'not-a-distance',
      `${where}: metric ${name} must give a number from 0 to ${LARGEST}, got ${String(value)} for rows ${i} and ${j}; ` +
        'check its domain (some distances need positive values)',
    );
  };
  let largest = 0;
  let farthestSelf = 0;
  let at = 0;
  for (let i = 0; i < n; i++) {
    largest = Math.max(largest, measure(0, i));
    const self = measure(i, i);
    if (self > farthestSelf) {
      farthestSelf = self;
      at = i;
    }
  }
  if (farthestSelf > SELF * largest) {
    throw new InputError(
      'not-a-distance',
      `${where}: metric ${name} must give 0 from a row to itself, got ${farthestSelf} for row ${at}; ` +
        'a similarity s can be turned into a distance by 1 - s',
    );
  }
  return {
    metric: name,
    n,
    unit: 1,
    fill(i: number, from: number, to: number, out: Float64Array, o: number) {
      for (let j = from; j < to; j++) out[o + j - from] = i === j ? 0 : measure(i, j);
    },
  };
}

/**
 * Prepares the distances of n points under a metric, checking what the metric demands of them.
 * A function is called with the first row of a pair as its first argument and is not assumed to be
 * symmetric.
 */
export function distanceSource(
  where: string,
  points: Float64Array,
  n: number,
  d: number,
  metric: ResolvedMetric = resolveMetric(where, undefined),
  { engine, wide = false }: SourceOptions = {},
): DistanceSource {
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
          else out[t] = out[t]! * 0.5 <= rounding ? 0 : out[t]! * 0.5;
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
    case 'function':
      return byRow(functionSource(where, metric.name, metric.fn, points, n, d));
    case 'precomputed':
      checkPrecomputed(where, points, n, d);
      return byRow({
        metric: 'precomputed',
        n,
        unit: 1,
        fill(i, from, to, out, o) {
          for (let j = from; j < to; j++) out[o + j - from] = i === j ? 0 : points[i * n + j]!;
        },
      });
  }
}
