import { attempt } from '../core/attempt.js';
import { UndefinedMetricError } from '../core/errors.js';
import { isIdentifier } from '../data/column-use.js';
import { datasetOf } from '../data/dataset.js';
import { resolveMetric } from '../distance/metric.js';
import type { DistanceSource } from '../distance/source.js';
import { confusabilityOf } from '../signatures/confusability-of.js';
import { signatureDistances } from '../signatures/signature-distances.js';
import { ceilingOf } from '../studies/ceiling/ceiling-of.js';
import { findIdentifiers, type Identifiers } from '../studies/columns/identifier-columns.js';
import { NO_PLACEHOLDERS, type Placeholders, placeholderEffect } from '../studies/columns/placeholder-effect.js';
import { findUninformative, type Uninformative } from '../studies/columns/uninformative-columns.js';
import { filteredSilhouettes, filtersOf } from '../studies/filters/filtered-silhouettes.js';
import { gapsOf } from '../studies/gaps/cluster-gaps.js';
import { groupMetric } from '../studies/groups/group-frame.js';
import { hiddenGroupsOf } from '../studies/groups/hidden-groups-of.js';
import { otherGroupsOf } from '../studies/groups/other-groups-of.js';
import { labelHierarchy } from '../studies/hierarchy/label-hierarchy.js';
import { metricChoiceOf } from '../studies/metric-choice/metric-choice-of.js';
import { overlapOf } from '../studies/overlap/overlap-of.js';
import { auditOrReason } from '../studies/positives/positive-pair-audit.js';
import { representatives } from '../studies/rows/conflicting-copies.js';
import { labelNoiseOf } from '../studies/rows/label-noise.js';
import { classReaches } from '../studies/rows/noise-class.js';
import { SHARE as FEW_ROWS, outliersOf } from '../studies/rows/outliers.js';
import type { RowsToStudy } from '../studies/rows/read-rows.js';
import { silhouetteWithout } from '../studies/rows/silhouette-without.js';
import { conflictsOf, rankRows, widthsOf } from '../studies/rows/suspicious-rows.js';
import { shapeOf } from '../studies/shape/shape-of.js';
import { scoredSignificance } from '../studies/significance/scored-significance.js';
import { compareParts } from '../studies/spaces/compare-spaces.js';
import { auditOptions } from './audit-options.js';
import { FEWER } from './basis.js';
import { distancesOf } from './distances-of.js';
import { type Basis, once, type SharedResults } from './findings/context.js';
import { FILTERS } from './findings/filter-sensitivity.js';

const WHERE = 'diagnose';
/** Classes whose signatures are compared at most: more would cost k^2 for each permutation and tell no more. */
const MOST_SIGNATURES = 50;
/** Rows of which all distances are held at most. */
const SQUARE_ROWS = 1000;
/** Fewest rows of a class in the hierarchy, and what is asked where too few classes have these. */
const CLASS_ROWS = [10, 5, 3];

/** What several findings read. A result of a new study becomes one entry here, and one of `SharedResults`. */
export function sharedResults(basis: Basis): SharedResults {
  const distances = once(() => distancesOf(basis.sample, basis.fitted));
  // The sample is all rows where these are few.
  const ofAll = () => (basis.sample === basis.data ? distances() : undefined);
  const identifiers = once(() => identifiersOf(basis));
  const placeholders = once(() => (basis.square ? NO_PLACEHOLDERS : placeholderEffect(basis)));
  const significance = once(() => attempt(() => significanceOf(basis, ofAll())));
  const noise = once(() => attempt(() => labelNoise(basis, distances())));
  const widths = once(() => widthsOf(WHERE, sampleToStudy(basis, distances())));
  const far = once(() => attempt(() => outliersFound(basis)));
  const standsFor = once(() => representatives(basis.raw));
  const near = once(() =>
    attempt(() => confusabilityOf('confusability', basis.sample, distances(), { alpha: basis.alpha })),
  );
  return {
    distances,
    significance,
    signatures: once(() => signaturesOf(basis)),
    confusability: near,
    overlap: once(() => {
      const found = near();
      return 'reason' in found ? found : overlapOf(found, basis.alpha);
    }),
    hierarchy: once(() => attempt(() => hierarchyOf(basis))),
    hiddenGroups: once(() => attempt(() => hiddenGroupsOf(basis.data, groupSettings(basis)))),
    otherGroups: once(() => attempt(() => otherGroupsOf(basis.data, groupSettings(basis)))),
    filtered: once(() => filteredOf(basis, ofAll())),
    identifiers,
    placeholders,
    uninformative: once(() => uninformativeOf(basis, identifiers(), placeholders())),
    shape: once(() => attempt(() => shapeOf(WHERE, basis.sample, { metric: basis.fitted, ...testOf(basis) }))),
    metricChoice: once(() =>
      attempt(() =>
        metricChoiceOf(WHERE, basis.sample, {
          metric: basis.fitted,
          standardized: basis.standardized,
          ...testOf(basis),
        }),
      ),
    ),
    ceiling: once(() => attempt(() => ceilingOf(WHERE, basis.sample, { metric: basis.fitted, ...testOf(basis) }))),
    comparison: once(() => comparisonOf(basis, significance)),
    positivePairs: once(() => positivePairsOf(basis)),
    labelNoise: noise,
    withoutLabelNoise: once(() => {
      const found = noise();
      if ('reason' in found) return null;
      return silhouetteWithout(WHERE, sampleToStudy(basis), widths(), new Set(found.rows.map(({ row }) => row)));
    }),
    classReaches: once(() => classReaches(basis.sample, distances())),
    outliers: far,
    standsFor,
    suspicious: once(() => suspiciousOf(basis, { noise, far, standsFor, widths })),
    gaps: once(() => attempt(() => gapsBetween(basis))),
  };
}

function sampleToStudy({ sample, fitted, sampledRows }: Basis, source?: DistanceSource): RowsToStudy {
  return { part: sample, metric: resolveMetric(WHERE, fitted), rowOf: (i) => sampledRows[i]!, source };
}

/** Level, seed, and the rows that are compared among themselves at most. */
function testOf({ alpha, seed, sampleSize, data }: Basis) {
  return { alpha, seed, most: Math.min(SQUARE_ROWS, sampleSize), of: data.n };
}

/** Rows that the gaps are looked for in at most: few of many classes would tell nothing. */
const GAP_ROWS = 5000;

function gapsBetween(basis: Basis) {
  const { data, whole, square, standardized, metricName, alpha, seed, noiseLabel, labelsFrom } = basis;
  if (square) throw new UndefinedMetricError('undefined-metric', 'distances were given in place of coordinates');
  const noise = noiseLabel === undefined ? -1 : whole.classes.indexOf(noiseLabel);
  // Rows of noise are judged too, or leaving them out would make gaps; scaled columns have none.
  const withNoise = noise !== -1 && !standardized;
  const settings = { metric: metricName, labelsFrom, alpha, sampleSize: GAP_ROWS, seed, noise: withNoise ? noise : -1 };
  return gapsOf(WHERE, withNoise ? whole : data, settings);
}

function significanceOf(
  { data, fitted: metric, permutations, seed, sampleSize: most }: Basis,
  source: DistanceSource | undefined,
) {
  return scoredSignificance(WHERE, data, { metric, permutations, seed, most, source });
}

function signaturesOf({ signed, square, fitted: metric, permutations, seed }: Basis) {
  if (square) return { reason: 'distances were given in place of coordinates' };
  // A class of one row has a signature but no spread: permuting its label moves nothing.
  const top = Math.min(MOST_SIGNATURES, signed.counts.filter((size) => size >= 2).length);
  if (top < 2) return { reason: 'fewer than two classes have two rows or more' };
  return attempt(() => signatureDistances(datasetOf(signed), { top, metric, permutations, seed }));
}

function hierarchyOf({ data, metricName, seed, alpha, permutations, hierarchyRows: sampleSize }: Basis) {
  const known = ['euclidean', 'sqeuclidean', 'cosine', 'correlation'] as const;
  const metric = known.find((one) => one === metricName);
  if (metric === undefined) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `the hierarchy needs coordinates and one of ${known.join(', ')}, got metric ${metricName}`,
    );
  }
  const enough = (size: number) => data.counts.filter((count) => count >= size).length;
  const minClassSize =
    CLASS_ROWS.find((size) => enough(size) >= 3) ?? CLASS_ROWS.find((size) => enough(size) >= 2) ?? CLASS_ROWS[0]!;
  const folds = Math.min(5, minClassSize);
  const settings = { seed, alpha, permutations: Math.min(permutations, 200) };
  return labelHierarchy(datasetOf(data), { ...settings, metric, minClassSize, folds, sampleSize });
}

function groupSettings({ square, metricName, alpha, seed, sampleSize }: Basis) {
  return { metric: groupMetric(WHERE, square ? 'precomputed' : metricName), alpha, seed, sampleSize };
}

function filteredOf(
  { data, fitted: metric, permutations, seed, sampleSize: most }: Basis,
  source: DistanceSource | undefined,
) {
  if (data.k < 2 || data.k >= data.n) return null;
  // Nothing needs to be scored where no filter applies.
  if (filtersOf(data.counts, FILTERS).thresholds.length < 2) return null;
  return filteredSilhouettes(WHERE, data, FILTERS, { metric, permutations, seed, most, source });
}

function comparisonOf(basis: Basis, significance: SharedResults['significance']) {
  const { data, spaces, heldOut, square, metric, standardized, permutations, seed, sampleSize } = basis;
  if ((spaces.length === 0 && heldOut === null) || square) return null;
  const parts = {
    names: ['input', ...spaces.map(({ name }) => name)],
    training: [data, ...spaces.map(({ part }) => part)],
    heldOut: heldOut === null ? null : [heldOut.data, ...spaces.map(({ name }) => heldOut.spaces.get(name) ?? null)],
  };
  const rows = { sampleSize: Math.min(FEWER, sampleSize), scoreSize: sampleSize };
  return compareParts(
    WHERE,
    parts,
    { metric, standardized, permutations, resamples: 200, seed, ...rows },
    significance(),
  );
}

function labelNoise(basis: Basis, source: DistanceSource) {
  return labelNoiseOf(WHERE, sampleToStudy(basis, source));
}

function outliersFound({ raw, metric: asked, standardized, givenRows, scored: sampleSize, seed }: Basis) {
  const metric = resolveMetric(WHERE, asked);
  const rows = { part: raw, metric, standardized, rowOf: (i: number) => givenRows[i]! };
  return outliersOf(WHERE, rows, { share: FEW_ROWS, sampleSize, seed });
}

function suspiciousOf(
  basis: Basis,
  {
    noise,
    far,
    standsFor,
    widths,
  }: {
    noise: SharedResults['labelNoise'];
    far: SharedResults['outliers'];
    standsFor: () => Int32Array;
    widths: () => ReturnType<typeof widthsOf>;
  },
) {
  const { raw, whole, square, givenRows } = basis;
  const rowsOf = <T>(found: { readonly rows: readonly T[] } | { readonly reason: string }) =>
    'reason' in found ? [] : found.rows;
  return rankRows({
    conflicts: square ? [] : conflictsOf(raw, standsFor(), (i) => givenRows[i]!),
    noise: rowsOf(noise()),
    far: rowsOf(far()),
    widths: widths(),
    labelAt: (row) => whole.classes[whole.labels[row]!]!,
  });
}

function positivePairsOf({ training, whole }: Basis) {
  const audit = auditOptions(training);
  if (audit === null) return null;
  const { rows, positives } = training!.record!;
  if (rows !== whole.n) return { reason: `the record is of ${rows} rows, and ${whole.n} labels were given` };
  const found = auditOrReason(datasetOf(whole), { ...audit, observed: positives });
  return 'reason' in found ? { reason: `the record has ${found.reason}` } : found;
}

function identifiersOf({ square, whole, sample, metric, uses }: Basis): Identifiers {
  if (square) return { columns: [], before: null, after: null, decide: false };
  const used = (uses ?? []).filter((one) => one.used);
  const named = used.flatMap((one, column) => (isIdentifier(one) ? [column] : []));
  return findIdentifiers({ raw: whole, sample, metric, named: named.length === used.length ? [] : named });
}

/** Judged beside what is no measurement already: one column has one finding. */
function uninformativeOf(
  { square, sample, metric, alpha, seed }: Basis,
  known: Identifiers,
  placed: Placeholders,
): Uninformative {
  const none = { columns: [], before: null, after: null, alone: null, silhouette: null, neighborAgreement: null };
  if (square) return { ...none, verdict: 'undecided', reason: 'distances were given in place of coordinates' };
  const ignored = [...known.columns, ...placed.values].map(({ column }) => column);
  return findUninformative(sample, { metric, alpha, seed, ignored });
}
