import { InputError, ShapeError, UndefinedMetricError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import type { Labels, Points } from '../../core/types.js';
import { isDataset } from '../../data/dataset.js';
import { readLabels } from '../../data/labels.js';
import { checkOptions, nothingMore, numberIn, seedOf } from '../../data/options.js';
import { type PointTable, readPoints } from '../../data/points.js';
import { effectiveRank } from '../../statistics/effective-rank.js';
import { entropyRank } from '../../statistics/entropy-rank.js';
import { centredSingularValues } from '../../statistics/singular-values.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';
import { alignmentOf, onSphere, uniformityOf } from './sphere.js';

export interface EmbeddingHealthOptions {
  /** One per row, for the alignment. Default: none, or those of a dataset. */
  readonly labels?: Labels | undefined;
  /** A unit is dead when its sd is at most this share of the largest sd, 0 to 1. Default 0.001. */
  readonly deadBelow?: number | undefined;
  /** A value is saturated when its size is above this, 0 to 1. Default 0.99. */
  readonly saturation?: number | undefined;
  /** A unit is saturated when at least this share of its values is, above 0, to 1. Default 0.5. */
  readonly saturatedShare?: number | undefined;
  /** Rows drawn for the uniformity where there are more, at least 2. Default 2000. */
  readonly sampleSize?: number | undefined;
  /** Of that draw. Default 0. */
  readonly seed?: number | undefined;
}

/** How well a space of embeddings is used. */
export interface EmbeddingHealth {
  readonly n: number;
  readonly d: number;
  /**
   * (sum l)^2 / sum l^2 over the variances l along the principal axes (the participation ratio): 1 to
   * min(n - 1, d), higher uses more directions; 0 when all rows are equal.
   */
  readonly effectiveRank: number;
  /** exp of the entropy of the shares of the singular values: 1 to min(n - 1, d), and 0 as above. */
  readonly entropyRank: number;
  /** Of the centred embeddings, largest first. */
  readonly singularValues: Float64Array;
  /** 0 to 4, lower is better: rows of a class close together. null without labels or pairs. */
  readonly alignment: number | null;
  /** -8 to 0, lower is better: directions spread over the sphere. null below two rows with a direction. */
  readonly uniformity: number | null;
  /** Rows that the uniformity compares. */
  readonly uniformityRows: number;
  /** Rows without a direction, left out of alignment and uniformity. */
  readonly zeroVectors: number;
  /** Population standard deviation of each unit. */
  readonly deviations: Float64Array;
  /** Units that carry next to nothing. */
  readonly deadUnits: readonly number[];
  /** Share of saturated values of each unit; null when a value lies outside -1 .. 1: no tanh unit. */
  readonly saturatedShares: Float64Array | null;
  readonly saturatedUnits: readonly number[] | null;
  readonly seed: number;
}

const WHERE = 'embeddingHealth';

function readEmbeddings(value: unknown): { table: PointTable; codes: Int32Array | null } {
  if (isDataset(value)) return { table: { data: value.points, n: value.n, d: value.d }, codes: value.labels };
  if (!(value instanceof Tensor)) return { table: readPoints(WHERE, value), codes: null };
  const [rows, columns] = value.shape;
  if (value.shape.length !== 2) {
    throw new ShapeError('shape-mismatch', `${WHERE}: embeddings must be n x d, got shape ${showShape(value.shape)}`);
  }
  return { table: readPoints(WHERE, { data: value.data, rows: rows!, columns: columns! }), codes: null };
}

function codesOf(labels: unknown, own: Int32Array | null, n: number): Int32Array | null {
  if (labels === undefined) return own;
  if (own !== null)
    throw new InputError('wrong-type', `${WHERE}: labels must be left out with a dataset, which has its own`);
  const { codes } = readLabels(WHERE, labels);
  if (codes.length === n) return codes;
  throw new ShapeError(
    'length-mismatch',
    `${WHERE}: needs one label per row, got ${n} rows and ${codes.length} labels`,
  );
}

function deviationsOf({ data, n, d }: PointTable): Float64Array {
  return Float64Array.from({ length: d }, (_, j) => {
    const origin = data[j]!;
    let sum = 0;
    for (let i = 0; i < n; i++) sum += data[i * d + j]! - origin;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (data[i * d + j]! - origin - sum / n) ** 2;
    return Math.sqrt(squares / n);
  });
}

function saturation({ data, n, d }: PointTable, limit: number): Float64Array | null {
  const shares = new Float64Array(d);
  for (let p = 0; p < data.length; p++) {
    const size = Math.abs(data[p]!);
    if (size > 1) return null;
    if (size > limit) shares[p % d]! += 1;
  }
  return shares.map((count) => count / n);
}

const unitsWhere = (values: Float64Array, chosen: (value: number) => boolean) =>
  Array.from(values.keys()).filter((j) => chosen(values[j]!));

/**
 * Measures whether embeddings (n x d) have collapsed:
 * - effective rank, the participation ratio of the variances along the principal axes: one definition
 *   here, in `diagnose` and in its report;
 * - entropy rank, exp of the entropy of the normalised singular values of the embeddings less their column
 *   means, which Roy and Vetterli 2007 (EUSIPCO, pages 606-610) call effective rank; RankMe (Garrido et
 *   al. 2023, arXiv:2210.02885) is the same without taking the means;
 * - alignment, the mean squared distance between rows of one class, and uniformity, the log of the mean
 *   of exp(-2 times the squared distance) over all pairs, both on rows scaled to length 1 (Wang and
 *   Isola 2020, arXiv:2005.10242);
 * - dead units, which hardly vary beside the others, and saturated tanh units, which sit at -1 or 1.
 *
 * Cost O(n d min(n, d)) and `sampleSize`^2 d / 2.
 *
 * @throws UndefinedMetricError undefined-metric for a single row; InputError and ShapeError on bad
 *   embeddings, labels or options.
 *
 * @example
 * import { embeddingHealth } from 'clusterlens/nn';
 * // Four columns, of which two repeat the others.
 * const embeddings = Array.from({ length: 50 }, (_, i) => [Math.sin(i), Math.cos(i), Math.sin(i), Math.cos(i)]);
 * const { effectiveRank, deadUnits } = embeddingHealth(embeddings);
 * console.log(effectiveRank.toFixed(2), deadUnits); // 2.00 []
 */
export function embeddingHealth(
  embeddings: Points | Tensor,
  options?: EmbeddingHealthOptions,
  ...more: []
): EmbeddingHealth {
  nothingMore('embeddingHealth', more, [embeddings, options]);
  const given = checkOptions(WHERE, options, [
    'labels',
    'deadBelow',
    'saturation',
    'saturatedShare',
    'sampleSize',
    'seed',
  ]);
  const { table, codes: own } = readEmbeddings(embeddings);
  const { data, n, d } = table;
  const codes = codesOf(given.labels, own, n);
  const share = { min: 0, max: 1 };
  const deadBelow = numberIn(WHERE, 'deadBelow', given.deadBelow, share, 0.001);
  const limit = numberIn(WHERE, 'saturation', given.saturation, share, 0.99);
  const least = numberIn(WHERE, 'saturatedShare', given.saturatedShare, { min: Number.MIN_VALUE, max: 1 }, 0.5);
  const sampleSize = numberIn(WHERE, 'sampleSize', given.sampleSize, { min: 2, integer: true }, 2000);
  const seed = seedOf(WHERE, given.seed);
  if (n < 2) throw new UndefinedMetricError('undefined-metric', `${WHERE}: needs at least 2 rows, got ${n}`);
  const singularValues = centredSingularValues(data, n, d);
  const sphere = onSphere(data, n, d);
  const deviations = deviationsOf(table);
  const largest = deviations.reduce((most, value) => Math.max(most, value), 0);
  const saturatedShares = saturation(table, limit);
  return {
    n,
    d,
    effectiveRank: effectiveRank(data, n, d),
    entropyRank: entropyRank(singularValues),
    singularValues,
    alignment: codes === null ? null : alignmentOf(sphere, d, codes),
    uniformity: uniformityOf(sphere, d, sampleSize, new Rng(seed)),
    uniformityRows: Math.min(sphere.rows.length, sampleSize),
    zeroVectors: n - sphere.rows.length,
    deviations,
    deadUnits: unitsWhere(deviations, (deviation) => deviation <= deadBelow * largest),
    saturatedShares,
    saturatedUnits: saturatedShares === null ? null : unitsWhere(saturatedShares, (value) => value >= least),
    seed,
  };
}
