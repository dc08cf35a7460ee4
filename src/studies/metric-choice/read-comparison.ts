import type { Label } from '../../core/types.js';
import { admit } from '../../data/dataset.js';
import { numberIn, seedOf } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { type Metric, type ResolvedMetric, requireDomain, resolveMetric } from '../../distance/metric.js';
import { type Scope, scopeOf } from '../../metrics/internal/scope.js';
import { inZScores } from '../../statistics/z-scores.js';
import { standardizeOf } from '../significance/significance.js';

/** What a study takes that compares a sample of rows among themselves, and tests what it finds. */
export interface ComparisonOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  /** Level of the tests, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Rows that are compared at most, drawn by class, >= 50; fewer where there are very many columns. Default 1000. */
  readonly sampleSize?: number | undefined;
  /** Seed of the draw, an integer >= 0. Default 0. */
  readonly seed?: number | undefined;
  /** Rows with this label are left out. */
  readonly noiseLabel?: Label | undefined;
}

/** The rows that a study compares, in the columns that it compares them in, and how. */
export interface Comparison {
  readonly scope: Scope;
  readonly metric: ResolvedMetric;
  readonly standardized: boolean;
  readonly alpha: number;
  /** Rows at most. */
  readonly most: number;
  readonly seed: number;
}

const OPTIONS = ['metric', 'standardize', 'alpha', 'sampleSize', 'seed', 'noiseLabel'];

/** Reads points, labels and `ComparisonOptions`. `accept` throws for a metric that the study cannot take. */
export function readComparison(
  where: string,
  [first, second, third]: readonly [unknown, unknown, unknown],
  accept: (metric: ResolvedMetric) => void = () => {},
): Comparison {
  const { data, options } = admit(where, first, second, third, OPTIONS);
  const metric = resolveMetric(where, options.metric);
  accept(metric);
  const alpha = numberIn(where, 'alpha', options.alpha, { min: 1e-6, max: 0.5 }, 0.05);
  const most = numberIn(where, 'sampleSize', options.sampleSize, { min: 50, integer: true }, 1000);
  const seed = seedOf(where, options.seed);
  const given = scopeOf(where, data, options, metric.kind === 'precomputed');
  const standardized = standardizeOf(where, options.standardize, metric);
  const scope = standardized ? inZScores(given) : given;
  requireDomain(where, metric, scope.points, scope.d, rowNameOf(scope));
  return { scope, metric, standardized, alpha, most, seed };
}
