import { clusterMeans } from '../kernels/cluster-means.js';
import { clusterMoments } from '../kernels/cluster-moments.js';
import { clusterOrder, clusterWeights } from '../kernels/cluster-order.js';
import { EUCLIDEAN, type Formula, SQUARES, WIDE } from '../kernels/formula.js';
import { centredFrame, framingOf } from '../kernels/frame.js';
import type { RowSet } from '../kernels/packed-rows.js';
import { rowDistances } from '../kernels/row-distances.js';
import { squaredClusterMeans } from '../kernels/squared-cluster-means.js';
import { type ClusteredRows, type MeansRequest, meansByRows, scoredRows } from './mean-distances.js';
import type { NamedMetric, ResolvedMetric } from './metric-types.js';

/** A metric that kernels compute from the differences of coordinates. */
export function coordinates(named: NamedMetric, formula: Formula): ResolvedMetric {
  const metric: ResolvedMetric = {
    ...named,
    kind: 'coordinates',
    symmetric: true,
    squared: formula === SQUARES,
    source(_where, { points, n, d }, { engine, wide = false } = {}) {
      const { rows, unit } = centredFrame(points, n, d);
      const set = { points: rows, d };
      const form = wide ? pairFormula(formula, set) : formula;
      return {
        metric: named.name,
        n,
        symmetric: true,
        unit: formula === SQUARES ? unit * unit : unit,
        fillRows: (chosen, out, place) => rowDistances({ ...set, order: chosen }, set, form, out, place, engine),
        fillPairs: (chosen, columns, out) =>
          rowDistances({ ...set, order: chosen }, { ...set, order: columns }, formula, out, undefined, engine),
      };
    },
    means(where, rows, request) {
      if (formula === SQUARES) return meansByMoments(rows, request);
      const all = request.weights === undefined && request.scored === undefined;
      return all ? meansByPairs(rows, formula) : meansByRows(rows, request, () => metric.source(where, rows));
    },
  };
  return metric;
}

/** Each pair once. */
function meansByPairs(
  { points, n, d, labels, k }: ClusteredRows,
  formula: Formula,
): ReturnType<ResolvedMetric['means']> {
  const framing = framingOf(points, n, d);
  const set = { points, d, framing, formula: pairFormula(formula, { points, d, framing }), ...clusterOrder(labels, k) };
  return { kind: 'pairs', set, compute: (choice) => clusterMeans(set, choice) };
}

/** Each row with the moments of each cluster: O(n k d). */
function meansByMoments(rows: ClusteredRows, request: MeansRequest): ReturnType<ResolvedMetric['means']> {
  const { points, n, d, labels, k } = rows;
  const { weights } = request;
  const framing = framingOf(points, n, d);
  const input = {
    points,
    framing,
    d,
    labels,
    moments: clusterMoments(points, d, labels, k, { weights, framing }),
    total: clusterWeights(rows, weights),
    scored: scoredRows(rows, request),
  };
  return { kind: 'moments', input, compute: (choice) => squaredClusterMeans(input, choice) };
}

/** Columns from which Euclidean distances may take the wide form. */
const MANY = 32;
/** Largest squared distance of the rows' mean from the origin, in units of their variance, for the wide form. */
const OFFSET = 4;

/**
 * The formula for very many pairs: the wide form for many columns, unless the rows lie so far from the
 * origin for their spread that most of its differences would cancel and be computed twice.
 */
export function pairFormula(formula: Formula, { points, d, framing }: RowSet): Formula {
  if (formula !== EUCLIDEAN || d < MANY) return formula;
  const n = points.length / d;
  const { origin, scale } = framing ?? { origin: new Float64Array(d), scale: 1 };
  const sums = new Float64Array(d);
  const squares = new Float64Array(d);
  for (let at = 0; at < points.length; at += d) {
    for (let c = 0; c < d; c++) {
      const v = (points[at + c]! - origin[c]!) * scale;
      sums[c]! += v;
      squares[c]! += v * v;
    }
  }
  let offset = 0;
  let variance = 0;
  for (let c = 0; c < d; c++) {
    const mean = sums[c]! / n;
    offset += mean * mean;
    variance += squares[c]! / n - mean * mean;
  }
  return offset <= OFFSET * variance ? WIDE : formula;
}
