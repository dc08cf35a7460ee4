import { describe, expect, it } from 'vitest';
import * as lens from '../../src/index.js';
import * as nn from '../../src/nn/index.js';
import { expectComplete } from '../support/forgotten.js';

const { GradientError, InputError, ShapeError, UndefinedMetricError } = lens;

/** What a program without types may pass. */
const bad = (value: unknown) => value as never;

const rows = [[0], [1], [10], [11]];
const pairs = ['a', 'a', 'b', 'b'];
const square = [
  [0, 1, 5],
  [1, 0, 5],
  [5, 5, 0],
];
const { tensor } = nn;
const five = Array.from({ length: 20 }, (_, i) => [i % 7, (3 * i) % 5]);
const halves = five.map((_, i) => i % 2);

type ErrorClass = typeof InputError | typeof ShapeError | typeof UndefinedMetricError | typeof GradientError;

/** Function, what is wrong, the call, the class and code of its error, and what the message must name. */
type Row = readonly [string, string, () => unknown, ErrorClass, lens.ErrorCode, ...string[]];

// biome-ignore format: one row, one line
const DATA: Row[] = [
  ['dataset', 'NaN', () => lens.dataset([[1, 2], [3, NaN]], [0, 1]), InputError, 'not-finite', 'NaN', 'row 1, column 1'],
  ['dataset', 'Infinity', () => lens.dataset([[1], [-Infinity]], [0, 1]), InputError, 'not-finite', '-Infinity', 'row 1'],
  ['dataset', 'a missing value', () => lens.dataset(bad([[1, null]]), [0]), InputError, 'not-finite', 'null', 'column 1'],
  ['dataset', 'a hole', () => lens.dataset(bad([[1], new Array(1)]), [0, 1]), InputError, 'not-finite', 'undefined', 'row 1'],
  ['dataset', 'text in a cell', () => lens.dataset(bad([['7']]), [0]), InputError, 'wrong-type', '"7"', 'row 0, column 0'],
  ['dataset', 'a huge value', () => lens.dataset([[1e200]], [0]), InputError, 'out-of-range', '1e+200', 'row 0'],
  ['dataset', 'ragged rows', () => lens.dataset([[1, 2], [3]], [0, 1]), ShapeError, 'ragged-rows', '2 values in row 0 and 1 in row 1'],
  ['dataset', 'no rows', () => lens.dataset([], []), InputError, 'empty', '0 rows'],
  ['dataset', 'no columns', () => lens.dataset([[], []], [0, 1]), InputError, 'empty', '2 x 0'],
  ['dataset', 'numbers for rows', () => lens.dataset(bad([1, 2]), [0, 1]), InputError, 'wrong-type', 'got 1', '[[1], [2]]'],
  ['dataset', 'a row that is text', () => lens.dataset(bad([[1], 'x']), [0, 1]), InputError, 'wrong-type', 'row 1', '"x"'],
  ['dataset', 'text for points', () => lens.dataset(bad('points'), [0]), InputError, 'wrong-type', '"points"'],
  ['dataset', 'nothing for points', () => lens.dataset(bad(null), [0]), InputError, 'wrong-type', 'null'],
  ['dataset', 'flat data of the wrong length', () => lens.dataset({ data: [1, 2, 3], rows: 2, columns: 2 }, [0, 1]), ShapeError, 'length-mismatch', '2 x 2 = 4', 'got 3'],
  ['dataset', 'a fractional number of rows', () => lens.dataset({ data: [1], rows: 0.5, columns: 2 }, [0]), InputError, 'wrong-type', 'rows', '0.5'],
  ['dataset', 'flat data that is no array', () => lens.dataset(bad({ data: 3, rows: 1, columns: 1 }), [0]), InputError, 'wrong-type', 'got 3'],
  ['dataset', 'more than fits', () => lens.dataset({ rows: 2 ** 30, columns: 2 ** 30, get: () => 0 }, [0]), InputError, 'out-of-range', '1073741824 x 1073741824'],
  ['dataset', 'too few labels', () => lens.dataset([[1], [2]], [0]), ShapeError, 'length-mismatch', '2 rows and 1 labels'],
  ['dataset', 'no labels', () => lens.dataset([[1]], []), InputError, 'empty', '0 labels'],
  ['dataset', 'labels that are no array', () => lens.dataset([[1]], bad(7)), InputError, 'wrong-type', 'got 7'],
  ['dataset', 'labels in a text', () => lens.dataset([[1]], bad('a')), InputError, 'wrong-type', '"a"'],
  ['dataset', 'a missing label', () => lens.dataset([[1], [2]], bad(['a', undefined])), InputError, 'missing-label', 'undefined', 'labels[1]'],
  ['dataset', 'a label that is NaN', () => lens.dataset([[1]], [NaN]), InputError, 'not-finite', 'NaN', 'labels[0]'],
  ['dataset', 'a label beyond 2^53', () => lens.dataset([[1], [2]], [1, 2 ** 53]), InputError, 'out-of-range', 'within 2^53', 'got 9007199254740992 at labels[1]', 'bigint or text'],
  ['dataset', 'typed labels beyond 2^53', () => lens.dataset([[1]], Float64Array.of(-1e17)), InputError, 'out-of-range', 'got -100000000000000000 at labels[0]'],
  ['dataset', 'a label that is an object', () => lens.dataset([[1]], bad([{}])), InputError, 'wrong-type', 'Object', 'labels[0]'],
  ['dataset', 'labels beyond any array', () => lens.dataset([[1]], { length: 2 ** 40 }), InputError, 'out-of-range', '1099511627776 labels'],
  ['dataset', 'an unknown option', () => lens.dataset([[1]], [0], bad({ noiselabel: -1 })), InputError, 'unknown-option', '"noiselabel"', "did you mean 'noiseLabel'"],
  ['dataset', 'options that are a number', () => lens.dataset([[1]], [0], bad(3)), InputError, 'wrong-type', 'got 3'],
  ['dataset', 'null for options', () => lens.dataset([[1]], [0], bad(null)), InputError, 'wrong-type', 'null'],
  ['dataset', 'a noise label that is NaN', () => lens.dataset([[1]], [0], { noiseLabel: NaN }), InputError, 'not-finite', 'NaN', 'noiseLabel'],
  ['pairwiseDistances', 'an unknown metric', () => lens.pairwiseDistances(rows, { metric: bad('euclidian') }), InputError, 'unknown-name', '"euclidian"', "did you mean 'euclidean'"],
  ['pairwiseDistances', 'a metric of a wrong type', () => lens.pairwiseDistances(rows, { metric: bad(2) }), InputError, 'wrong-type', 'got 2'],
  ['pairwiseDistances', 'a metric that gives NaN', () => lens.pairwiseDistances(rows, { metric: () => NaN }), InputError, 'not-a-distance', 'NaN', 'row 0 and row 0'],
  ['pairwiseDistances', 'a metric that gives a negative', () => lens.pairwiseDistances(rows, { metric: (a, b) => a[0]! - b[0]! }), InputError, 'not-a-distance', '-1', 'row 0 and row 1'],
  ['pairwiseDistances', 'a matrix beyond any array', () => lens.pairwiseDistances({ data: new Float64Array(200_000), rows: 200_000, columns: 1 }), InputError, 'out-of-range', '200000 x 200000'],
  ['pairwiseDistances', 'a similarity', () => lens.pairwiseDistances(rows, { metric: () => 1 }), InputError, 'not-a-distance', 'got 1', '1 - s'],
  ['verifyClaims', 'standardised columns out of the domain', () => lens.verifyClaims(rows, pairs, { silhouette: 0.5 }, { metric: 'clark', standardize: true }), InputError, 'out-of-range', "'clark' is not defined for standardised columns", 'leave standardize out'],
  ['silhouette', 'a metric that writes to its rows', () => lens.silhouette([[9, 1], [1, 2], [-2, 1], [3, 1]], [-1, 0, 0, 1], { noiseLabel: -1, metric: (a, b) => { const gap = Math.abs(a[0]! - b[0]!); a.fill(7, 1); return gap; } }), InputError, 'not-a-distance', 'leave its rows as they are', 'got 7 for 2 in row 1, column 1'],
  ['compareSpaces', 'a space out of the domain beside noise', () => lens.compareSpaces({ input: rows, latent: [[1, 2], [1, 1], [-3, 1], [1, 1]] }, ['n', 'a', 'a', 'b'], { metric: 'clark', noiseLabel: 'n' }), InputError, 'out-of-range', 'compareSpaces (spaces.latent)', 'got -3 at row 2, column 0'],
  ['pairwiseDistances', 'a distance out of its domain', () => lens.pairwiseDistances([[-1, 2], [1, 2]], { metric: 'kullbackLeibler' }), InputError, 'out-of-range', 'kullbackLeibler', 'got -1 at row 0, column 0'],
  ['pairwiseDistances', 'a similarity', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: 'motyka' as never }), InputError, 'unknown-name', 'motyka', 'similarity'],
  ['pairwiseDistances', 'a misspelt parameter', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'minkowski', q: 3 } as never }), InputError, 'unknown-option', '"q"', 'known are name, p'],
  ['pairwiseDistances', 'a parameter that is null', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'minkowski', p: bad(null) } }), InputError, 'wrong-type', 'p must be', 'null'],
  ['pairwiseDistances', 'a parameter out of range', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'minkowski', p: 0.5 } }), InputError, 'out-of-range', '1 <= p'],
  ['pairwiseDistances', 'a parameter where there is none', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'clark', p: 2 } as never }), InputError, 'unknown-option', 'clark'],
  ['pairwiseDistances', 'a covariance of another size', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'mahalanobis', covariance: [[1]] } }), ShapeError, 'shape-mismatch', '4 numbers for 2 columns'],
  ['pairwiseDistances', 'a covariance that is no square', () => lens.pairwiseDistances([[1, 2], [1, 2]], { metric: { name: 'mahalanobis', covariance: [[1, 0]] } }), ShapeError, 'not-square', '1 x 2'],
  ['pairwiseDistances', 'a singular covariance', () => lens.pairwiseDistances([[1, 2], [2, 4], [3, 6]], { metric: 'mahalanobis' }), UndefinedMetricError, 'undefined-metric', 'column 1'],
  ['silhouette', 'too few rows for a covariance', () => lens.silhouette([[1, 2], [2, 4]], [0, 1], { metric: 'mahalanobis' }), UndefinedMetricError, 'too-many-clusters', 'n = 2'],
  ['pairwiseDistances', 'a constant column', () => lens.pairwiseDistances([[1, 2], [2, 2]], { metric: 'seuclidean' }), UndefinedMetricError, 'undefined-metric', 'column 1'],
  ['pairwiseDistances', 'rows that do not sum to 1', () => lens.pairwiseDistances([[0.5, 0.5], [2, 2]], { metric: 'hellinger' }), InputError, 'out-of-range', 'the sum 4 in row 1'],
  ['pairwiseDistances', 'a row without counts', () => lens.pairwiseDistances([[0, 0], [2, 2]], { metric: 'jensenshannon' }), InputError, 'out-of-range', 'row 0'],
  ['pairwiseDistances', 'values that are no bits', () => lens.pairwiseDistances([[0, 1], [1, 2]], { metric: 'jaccard' }), InputError, 'out-of-range', 'got 2 at row 1, column 1'],
  ['pairwiseDistances', 'degrees', () => lens.pairwiseDistances([[48, 11], [52, 13]], { metric: 'haversine' }), InputError, 'out-of-range', 'radians'],
  ['pairwiseDistances', 'places with an altitude', () => lens.pairwiseDistances([[0.8, 0.2, 1]], { metric: 'haversine' }), ShapeError, 'shape-mismatch', 'got 3 columns'],
  ['pairwiseDistances', 'an infinite distance', () => lens.pairwiseDistances([[1, 0], [0, 1]], { metric: 'bhattacharyya' }), InputError, 'not-a-distance', 'Infinity', 'row 0 and row 1'],
  ['silhouette', 'a distance that depends on the direction', () => lens.silhouette([[1, 2], [2, 1], [3, 1]], [0, 0, 1], { metric: 'pearson' }), InputError, 'not-a-distance', 'pearson', 'direction'],
  ['silhouette', 'a function that depends on the direction', () => lens.silhouette([[1, 2], [2, 1], [3, 1]], [0, 0, 1], { metric: (a, b) => Math.max(0, a[0]! - b[0]!) }), InputError, 'not-a-distance', 'both directions'],
  ['silhouette', 'condensed distances of no number of rows', () => lens.silhouette([1, 2, 3, 4] as never, [0, 0, 1], { metric: 'precomputed' }), ShapeError, 'not-square', 'got 4'],
  ['diagnose', 'a row out of the domain', () => lens.diagnose({ points: [[1, 2], [-2, 1], [3, 1]], labels: [0, 0, 1] }, { metric: 'clark' }), InputError, 'out-of-range', 'got -2 at row 1, column 0'],
  ['silhouette', 'a row out of the domain beside noise', () => lens.silhouette([[-9, 1], [1, 2], [-2, 1], [3, 1]], [-1, 0, 0, 1], { metric: 'clark', noiseLabel: -1 }), InputError, 'out-of-range', 'got -2 at row 2, column 0'],
];

/** What every index of points and labels refuses. */
const EVERY_INDEX: Row[] = lens.internalMetrics.flatMap(({ name }): Row[] => {
  const index = (lens as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>)[name]!;
  return [
    [name, 'a single cluster', () => index(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters'],
    [name, 'an unknown option', () => index(rows, pairs, { metrik: 1 }), InputError, 'unknown-option', '"metrik"'],
  ];
});

// biome-ignore format: one row, one line
const INTERNAL: Row[] = [
  ['silhouette', 'one cluster', () => lens.silhouette(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'labels is 1', 'n = 4'],
  ['silhouette', 'singletons only', () => lens.silhouette(rows, [1, 2, 3, 4]), UndefinedMetricError, 'too-many-clusters', 'labels is 4', 'n - 1 = 3'],
  ['silhouette', 'one row', () => lens.silhouette([[1]], [0]), UndefinedMetricError, 'too-few-clusters', 'n = 1'],
  ['silhouette', 'an unknown treatment of singletons', () => lens.silhouette(rows, pairs, { singletons: bad('none') }), InputError, 'unknown-name', '"none"', "'zero', 'one', 'exclude'"],
  ['silhouette', 'a noise label that is null', () => lens.silhouette(rows, pairs, { noiseLabel: bad(null) }), InputError, 'wrong-type', 'noiseLabel must be a label', 'leave the option out'],
  ['silhouette', 'options in a Map', () => lens.silhouette(rows, pairs, bad(new Map([['metric', 'cosine']]))), InputError, 'wrong-type', 'got Map'],
  ['silhouette', 'a promise of options', () => lens.silhouette(rows, pairs, bad(Promise.resolve({ metric: 'cosine' }))), InputError, 'wrong-type', 'got Promise'],
  ['verifyClaims', 'claims in a Map', () => lens.verifyClaims(rows, pairs, bad(new Map([['silhouette', 0.5]]))), InputError, 'wrong-type', 'got Map'],
  ['kSelection', 'a promise of labelings', () => lens.kSelection(rows, bad(Promise.resolve([pairs]))), InputError, 'wrong-type', 'got Promise'],
  ['kSelection', 'a Set of labelings', () => lens.kSelection(rows, bad(new Set([pairs]))), InputError, 'wrong-type', 'got Set'],
  ['silhouette', 'noise without its label', () => lens.silhouette(rows, pairs, { noise: 'exclude' }), InputError, 'wrong-type', 'noiseLabel'],
  ['silhouette', 'an unknown treatment of noise', () => lens.silhouette(rows, pairs, { noise: bad('drop'), noiseLabel: 1 }), InputError, 'unknown-name', '"drop"'],
  ['silhouette', 'only noise', () => lens.silhouette(rows, ['n', 'n', 'n', 'n'], { noiseLabel: 'n' }), UndefinedMetricError, 'too-few-clusters', 'labels is 0', 'after noise exclude'],
  ['silhouette', 'too few weights', () => lens.silhouette(rows, pairs, { weights: [1] }), ShapeError, 'length-mismatch', '4 rows and 1 weights'],
  ['silhouette', 'a zero weight', () => lens.silhouette(rows, pairs, { weights: [1, 0, 1, 1] }), InputError, 'out-of-range', 'got 0', 'row 1'],
  ['silhouette', 'a weight that is NaN', () => lens.silhouette(rows, pairs, { weights: [1, 1, NaN, 1] }), InputError, 'out-of-range', 'NaN', 'row 2'],
  ['silhouette', 'weights that are text', () => lens.silhouette(rows, pairs, { weights: bad('1111') }), InputError, 'wrong-type', '"1111"'],
  ['silhouette', 'weights that sum to less than a point', () => lens.silhouette(rows, pairs, { weights: [0.1, 0.1, 0.1, 0.1] }), UndefinedMetricError, 'undefined-metric', '0.4'],
  ['silhouette', 'weights with a sample', () => lens.silhouette(rows, pairs, { weights: [1, 1, 1, 1], sampleSize: 2 }), InputError, 'wrong-type', 'weights and sampleSize'],
  ['silhouette', 'a sample of one', () => lens.silhouette(rows, pairs, { sampleSize: 1 }), InputError, 'out-of-range', 'got 1', '2 <= sampleSize <= 4'],
  ['silhouette', 'a sample of half a row', () => lens.silhouette(rows, pairs, { sampleSize: 2.5 }), InputError, 'out-of-range', '2.5'],
  ['silhouette', 'a negative seed', () => lens.silhouette(rows, pairs, { seed: -1 }), InputError, 'out-of-range', 'got -1'],
  ['silhouette', 'a seed in text', () => lens.silhouette(rows, pairs, { seed: bad('7') }), InputError, 'wrong-type', '"7"'],
  ['silhouette', 'distances that are not square', () => lens.silhouette([[0, 1], [1, 0], [2, 2]], [0, 0, 1], { metric: 'precomputed' }), ShapeError, 'not-square', '3 x 2'],
  ['silhouette', 'a negative distance', () => lens.silhouette([[0, -2], [-2, 0]], [0, 1], { metric: 'precomputed' }), UndefinedMetricError, 'too-many-clusters', 'n = 2'],
  ['dunn', 'a negative distance', () => lens.dunn([[0, -2, 1], [-2, 0, 1], [1, 1, 0]], [0, 0, 1], { metric: 'precomputed' }), InputError, 'not-a-distance', '-2', 'row 0, column 1'],
  ['dunn', 'distances that are not symmetric', () => lens.dunn([[0, 2, 1], [3, 0, 1], [1, 1, 0]], [0, 0, 1], { metric: 'precomputed' }), InputError, 'not-a-distance', 'got 2', 'and 3'],
  ['dunn', 'coinciding rows only', () => lens.dunn([[1], [1], [1]], [0, 0, 1]), UndefinedMetricError, 'undefined-metric', 'row 0 and row 2'],
  ['medoidSilhouette', 'a diagonal', () => lens.medoidSilhouette([[1, 2, 3], [2, 1, 3], [3, 3, 1]], [0, 0, 1], { metric: 'precomputed' }), InputError, 'not-a-distance', 'zero diagonal', 'got 1'],
  ['medoidSilhouette', 'an unknown option', () => lens.medoidSilhouette(rows, pairs, bad({ weights: [1] })), InputError, 'unknown-option', '"weights"'],
  ['simplifiedSilhouette', 'a metric, which it does not take', () => lens.simplifiedSilhouette(rows, pairs, bad({ metric: 'cosine' })), InputError, 'unknown-option', '"metric"'],
  ['neighborAgreement', 'penalised noise, which it does not know', () => lens.neighborAgreement(rows, pairs, { noiseLabel: 'a', noise: bad('penalise') }), InputError, 'unknown-name', '"penalise"'],
  ['daviesBouldin', 'q below 1', () => lens.daviesBouldin(rows, pairs, { q: 0.5 }), InputError, 'out-of-range', '0.5', '1 <= q <= 100'],
  ['daviesBouldin', 'an infinite q', () => lens.daviesBouldin(rows, pairs, { q: Infinity }), InputError, 'not-finite', 'Infinity'],
  ['daviesBouldin', 'one cluster', () => lens.daviesBouldin(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'labels is 1'],
  ['calinskiHarabasz', 'equal rows', () => lens.calinskiHarabasz([[2], [2], [2]], [0, 1, 1]), UndefinedMetricError, 'undefined-metric', '3 equal rows'],
  ['xieBeni', 'equal rows', () => lens.xieBeni([[2], [2], [2]], [0, 1, 1]), UndefinedMetricError, 'undefined-metric', '0 and 1'],
  ['kSelection', 'neither labelings nor a clusterer', () => lens.kSelection(rows, bad(3)), InputError, 'wrong-type', 'got 3', '(points, k, seed)'],
  ['kSelection', 'no labeling', () => lens.kSelection(rows, []), InputError, 'empty', 'labelings', 'got 0'],
  ['kSelection', 'a labeling of other rows', () => lens.kSelection(rows, [pairs, [0, 1]]), ShapeError, 'length-mismatch', 'labelings[1]', '4 rows and 2 labels'],
  ['kSelection', 'one labeling that is not in a list', () => lens.kSelection(rows, bad([0, 0, 1, 1])), InputError, 'wrong-type', 'labelings[0]', 'got 0'],
  ['kSelection', 'a labeling as numbers', () => lens.kSelection(rows, bad(Int32Array.of(0, 0, 1, 1))), InputError, 'wrong-type', 'wrap a single labeling'],
  ['kSelection', 'a name without labels', () => lens.kSelection(rows, bad({ leiden: 3 })), InputError, 'wrong-type', 'labelings["leiden"]', 'got 3'],
  ['kSelection', 'noise without its label', () => lens.kSelection(rows, [pairs], { noise: 'exclude' }), InputError, 'wrong-type', 'noiseLabel'],
  ['kSelection', 'the gap for labelings', () => lens.kSelection(rows, [pairs], bad({ references: 9 })), InputError, 'unknown-option', '"references"'],
  ['kSelection', 'as many clusters as rows', () => lens.kSelection(rows, () => pairs, { k: [2, 4] }), InputError, 'out-of-range', 'k[1]', '<= 3', 'got 4'],
  ['kSelection', 'one number twice', () => lens.kSelection(rows, () => pairs, { k: [2, 2] }), InputError, 'out-of-range', 'k = 2 twice'],
  ['kSelection', 'no number', () => lens.kSelection(rows, () => pairs, { k: [] }), InputError, 'empty', 'k must list'],
  ['kSelection', 'a number that is no list', () => lens.kSelection(rows, () => pairs, { k: bad(3) }), InputError, 'wrong-type', 'got 3'],
  ['kSelection', 'one row', () => lens.kSelection([[1]], () => [0]), UndefinedMetricError, 'undefined-metric', 'n = 1'],
  ['kSelection', 'a clusterer that gives nothing', () => lens.kSelection(rows, bad(() => undefined)), InputError, 'wrong-type', 'labels for k = 1', 'undefined'],
  ['kSelection', 'a clusterer that labels too few rows', () => lens.kSelection(rows, () => [0], { k: [2] }), ShapeError, 'length-mismatch', 'labels for k = 2', '4 rows and 1 labels'],
  ['kSelection', 'a clusterer that fails on reference rows', () => lens.kSelection(rows, (points) => (points[0]![0] === 0 ? pairs : [NaN]), { k: [2] }), InputError, 'not-finite', 'labels for k = 2 of reference set 0[0]', 'NaN'],
  ['kSelection', 'half a reference set', () => lens.kSelection(rows, () => pairs, { references: 0.5 }), InputError, 'out-of-range', '0.5'],
  ['kSelection', 'an unknown reference', () => lens.kSelection(rows, () => pairs, { reference: bad('uniform') }), InputError, 'unknown-name', '"uniform"', "'pca', 'ranges'"],
  ['kSelection', 'distances that are not symmetric', () => lens.kSelection([[0, 2, 1], [3, 0, 1], [1, 1, 0]], [[0, 0, 1]], { metric: 'precomputed' }), InputError, 'not-a-distance', 'got 2', 'and 3'],
  ['kSelection', 'a sample above n', () => lens.kSelection(rows, [pairs], { sampleSize: 5 }), InputError, 'out-of-range', 'got 5', '2 <= sampleSize <= 4'],
  ['dbcv', 'a single cluster of two', () => lens.dbcv(rows, ['a', 'a', 'b', 'c']), UndefinedMetricError, 'too-few-clusters', 'got 1'],
  ['dbcv', 'precomputed without dimensions', () => lens.dbcv(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'wrong-type', 'dimensions'],
  ['dbcv', 'zero dimensions', () => lens.dbcv(rows, pairs, { dimensions: 0 }), InputError, 'out-of-range', 'got 0'],
];

const LABELINGS: Readonly<Record<string, (truth: lens.Labels, predicted: lens.Labels) => unknown>> = {
  adjustedRandIndex: lens.adjustedRandIndex,
  randIndex: lens.randIndex,
  adjustedMutualInformation: lens.adjustedMutualInformation,
  normalizedMutualInformation: lens.normalizedMutualInformation,
  mutualInformation: lens.mutualInformation,
  vMeasure: lens.vMeasure,
  fowlkesMallows: lens.fowlkesMallows,
  pairConfusion: lens.pairConfusion,
  purity: lens.purity,
  bCubed: lens.bCubed,
  variationOfInformation: lens.variationOfInformation,
  matchingAccuracy: lens.matchingAccuracy,
  compareLabels: (truth, predicted) => lens.compareLabels(truth, predicted),
};

// biome-ignore format: one row, one line
const EXTERNAL: Row[] = [
  ...Object.entries(LABELINGS).flatMap(([name, index]): Row[] => [
    [name, 'labelings of different lengths', () => index([1, 2, 3], [1, 2]), ShapeError, 'length-mismatch', '3', '2'],
    [name, 'nothing', () => index([], []), InputError, 'empty', '0'],
  ]),
  ['adjustedMutualInformation', 'an unknown average', () => lens.adjustedMutualInformation([0, 1], [0, 1], { average: bad('mean') }), InputError, 'unknown-name', '"mean"', "'arithmetic'"],
  ['vMeasure', 'a negative beta', () => lens.vMeasure([0, 1], [0, 1], { beta: -1 }), InputError, 'out-of-range', 'got -1'],
  ['compareLabels', 'one name', () => lens.compareLabels([0, 1], [0, 1], { names: bad(['a']) }), InputError, 'wrong-type', 'two names', 'array of length 1'],
  ['compareLabels', 'too few permutations', () => lens.compareLabels([0, 1], [0, 1], { permutations: 18 }), InputError, 'out-of-range', 'got 18', '19 <= permutations'],
  ['compareLabels', 'alpha 0', () => lens.compareLabels([0, 1], [0, 1], { alpha: 0 }), InputError, 'out-of-range', 'got 0', 'alpha'],
  ['compareLabels', 'an unknown option', () => lens.compareLabels([0, 1], [0, 1], bad({ sed: 1 })), InputError, 'unknown-option', '"sed"'],
  ['purity', 'a missing label', () => lens.purity(bad(['a', null]), ['b', 'b']), InputError, 'missing-label', 'null'],
];

// biome-ignore format: one row, one line
const IMBALANCE: Row[] = [
  ['classesBelow', 'labels for a balance', () => lens.classesBelow(bad(['a', 'a']), 2), InputError, 'wrong-type', 'needs what classBalance returns', 'array of length 2'],
  ['confusionMatrix', 'labels for a result', () => lens.confusionMatrix(bad(['a']), ['a']), InputError, 'wrong-type', 'needs what confusability returns', 'array of length 1'],
  ['classBalance', 'no labels', () => lens.classBalance([]), InputError, 'empty', '0 labels'],
  ['classBalance', 'an unknown distance', () => lens.classBalance(pairs, { distance: bad('tv') }), InputError, 'unknown-name', '"tv"'],
  ['filterByClassSize', 'a minimum of 0', () => lens.filterByClassSize(pairs, { min: 0 }), InputError, 'out-of-range', 'got 0'],
  ['filterByClassSize', 'min above max', () => lens.filterByClassSize(pairs, { min: 5, max: 2 }), InputError, 'out-of-range', 'min = 5 and max = 2'],
  ['filterByClassSize', 'half a class', () => lens.filterByClassSize(pairs, { top: 1.5 }), InputError, 'out-of-range', '1.5'],
  ['filterCurve', 'no thresholds', () => lens.filterCurve(pairs, { thresholds: [] }), InputError, 'empty', 'thresholds'],
  ['filterCurve', 'a threshold of NaN', () => lens.filterCurve(pairs, { thresholds: [2, NaN] }), InputError, 'not-finite', 'thresholds[1]', 'NaN'],
  ['filterCurve', 'thresholds beyond any array', () => lens.filterCurve(pairs, { thresholds: { length: 2 ** 40 } }), InputError, 'wrong-type', 'thresholds[0]', 'undefined'],
  ['filterGain', 'no index', () => lens.filterGain(rows, pairs, bad({})), InputError, 'wrong-type', 'evaluate'],
  ['filterGain', 'an index that gives NaN', () => lens.filterGain(rows, pairs, { evaluate: () => ({ score: NaN }) }), InputError, 'not-finite', 'score', 'NaN'],
  ['filterSensitivity', 'a matrix of distances', () => lens.filterSensitivity(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'unknown-name', "'precomputed'"],
  ['filterSensitivity', 'a threshold of 0', () => lens.filterSensitivity(rows, pairs, { thresholds: [0] }), InputError, 'out-of-range', 'thresholds[0]', 'got 0'],
  ['identifierColumns', 'a matrix of distances', () => lens.identifierColumns(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'unknown-name', "'precomputed'"],
  ['identifierColumns', 'a sample of 3 rows', () => lens.identifierColumns(rows, pairs, { sampleSize: 3 }), InputError, 'out-of-range', 'got 3'],
  ['placeholderValues', 'one row', () => lens.placeholderValues(rows, { fewest: 1 }), InputError, 'out-of-range', 'got 1'],
  ['placeholderValues', 'no points', () => lens.placeholderValues([]), InputError, 'empty', '0'],
  ['uninformativeColumns', 'a matrix of distances', () => lens.uninformativeColumns(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'unknown-name', "'precomputed'"],
  ['uninformativeColumns', 'a level of 1', () => lens.uninformativeColumns(rows, pairs, { alpha: 1 }), InputError, 'out-of-range', 'got 1'],
  ['signatures', 'an unknown centre', () => lens.signatures(rows, pairs, { center: bad('centroid') }), InputError, 'unknown-name', '"centroid"'],
  ['signatures', 'standardize as text', () => lens.signatures(rows, pairs, { standardize: bad('zscore') }), InputError, 'wrong-type', '"zscore"'],
  ['signatureDistances', 'one class', () => lens.signatureDistances(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', '1'],
  ['signatureDistances', 'the top 1', () => lens.signatureDistances(rows, pairs, { top: 1 }), InputError, 'out-of-range', 'got 1'],
  ['signatureDistances', 'a matrix of distances', () => lens.signatureDistances(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'unknown-name', "'precomputed'"],
  ['suspiciousRows', 'standardised distances', () => lens.suspiciousRows(square, [0, 0, 1], { metric: 'precomputed', standardize: true }), InputError, 'unknown-name', "'precomputed'"],
  ['scatteredClasses', 'standardised distances', () => lens.scatteredClasses(square, [0, 0, 1], { metric: 'precomputed', standardize: true }), InputError, 'unknown-name', "'precomputed'"],
  ['scatteredClasses', 'a row without a label', () => lens.scatteredClasses(rows, [1, 1, 1]), ShapeError, 'length-mismatch', 'got 4 rows and 3 labels'],
  ['outliers', 'distances', () => lens.outliers(square, [0, 0, 1], { metric: 'precomputed' }), UndefinedMetricError, 'undefined-metric', 'got distances'],
  ['outliers', 'half of the rows', () => lens.outliers(rows, pairs, { share: 0.5 }), InputError, 'out-of-range', 'share <= 0.2', 'got 0.5'],
  ['labelNoise', 'one class', () => lens.labelNoise(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'got 1 and'],
  ['labelNoise', 'standardised distances', () => lens.labelNoise(square, [0, 0, 1], { metric: 'precomputed', standardize: true }), InputError, 'unknown-name', "'precomputed'"],
  ['confusability', 'one class', () => lens.confusability(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', '1'],
  ['confusability', 'no neighbour', () => lens.confusability(rows, pairs, { neighbors: 0 }), InputError, 'out-of-range', 'got 0'],
];

// biome-ignore format: one row, one line
const DIAGNOSE: Row[] = [
  ['softSilhouette', 'a row that sums to less than 1', () => lens.softSilhouette(rows, [[1, 0], [0.5, 0.25], [0, 1], [0.25, 0.75]]), InputError, 'out-of-range', 'sum to 1', 'got 0.75 in row 1'],
  ['softSilhouette', 'a membership below 0', () => lens.softSilhouette(rows, [[1, 0], [1.5, -0.5], [0, 1], [0.25, 0.75]]), InputError, 'out-of-range', 'got 1.5', 'row 1, column 0'],
  ['softSilhouette', 'a membership that is NaN', () => lens.softSilhouette(rows, [[1, 0], [NaN, 1], [0, 1], [0.25, 0.75]]), InputError, 'not-finite', 'softSilhouette (memberships)', 'NaN'],
  ['softSilhouette', 'another number of rows', () => lens.softSilhouette(rows, [[1, 0], [0, 1]]), ShapeError, 'length-mismatch', '4 rows and 2'],
  ['softSilhouette', 'one column', () => lens.softSilhouette(rows, [[1], [1], [1], [1]]), ShapeError, 'shape-mismatch', '4 x 1'],
  ['softSilhouette', 'names for other columns', () => lens.softSilhouette(rows, [[1, 0], [0.5, 0.5], [0, 1], [0.25, 0.75]], { names: ['a', 'b', 'c'] }), ShapeError, 'length-mismatch', 'got 3'],
  ['softSilhouette', 'one name for two columns', () => lens.softSilhouette(rows, [[1, 0], [0.5, 0.5], [0, 1], [0.25, 0.75]], { names: ['a', 'a'] }), ShapeError, 'length-mismatch', '(1 different)'],
  ['softSilhouette', 'an exponent of 0', () => lens.softSilhouette(rows, [[1, 0], [0.5, 0.5], [0, 1], [0.25, 0.75]], { alpha: 0 }), InputError, 'out-of-range', 'got 0'],
  ['softSilhouette', 'rows in one cluster', () => lens.softSilhouette(rows, [[1, 0], [1, 0], [1, 0], [1, 0]]), UndefinedMetricError, 'too-few-clusters', 'labels is 1'],
  ['silhouetteCeiling', 'two rows', () => lens.silhouetteCeiling([[1], [2]]), UndefinedMetricError, 'too-few-clusters', 'got 2', 'three rows'],
  ['silhouetteCeiling', 'a least size above n / 2', () => lens.silhouetteCeiling(rows, { minSize: 3 }), InputError, 'out-of-range', 'got 3', 'minSize <= 2'],
  ['silhouetteCeiling', 'sizes that do not sum to n', () => lens.silhouetteCeiling(rows, { sizes: [2, 3] }), InputError, 'out-of-range', 'sum to 5', 'sum to n = 4'],
  ['silhouetteCeiling', 'sizes and a least size', () => lens.silhouetteCeiling(rows, { sizes: [2, 2], minSize: 2 }), InputError, 'out-of-range', 'minSize beside', 'leave it out'],
  ['hiddenGroups', 'alpha 0', () => lens.hiddenGroups(rows, pairs, { alpha: 0 }), InputError, 'out-of-range', 'got 0', 'alpha'],
  ['otherGroups', 'alpha 0', () => lens.otherGroups(rows, pairs, { alpha: 0 }), InputError, 'out-of-range', 'got 0', 'alpha'],
  ['clusterGaps', 'a noise label that is no label', () => lens.clusterGaps(rows, pairs, { noiseLabel: bad({}) }), InputError, 'wrong-type', 'noiseLabel'],
  ['clusterGaps', 'one cluster', () => lens.clusterGaps(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'got 1'],
  ['clusterGaps', 'distances', () => lens.clusterGaps(square, [0, 0, 1], { metric: 'precomputed' }), UndefinedMetricError, 'undefined-metric', "'precomputed'"],
  ['clusterGaps', 'an unknown source', () => lens.clusterGaps(rows, pairs, { labelsFrom: 'k-means' as never }), InputError, 'unknown-name', 'elsewhere'],
  ['clusterShape', 'one cluster', () => lens.clusterShape(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'labels is 1'],
  ['clusterShape', 'alpha 0', () => lens.clusterShape(rows, pairs, { alpha: 0 }), InputError, 'out-of-range', 'got 0', 'alpha'],
  ['metricChoice', 'one cluster', () => lens.metricChoice(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'labels is 1'],
  ['metricChoice', 'distances', () => lens.metricChoice(square, [0, 0, 1], { metric: 'precomputed' }), InputError, 'unknown-name', "'precomputed'"],
  ['significance', 'no permutation', () => lens.significance(rows, pairs, { permutations: 0 }), InputError, 'out-of-range', 'got 0', '1 <= permutations'],
  ['significance', 'one cluster', () => lens.significance(rows, [1, 1, 1, 1]), UndefinedMetricError, 'too-few-clusters', 'labels is 1'],
  ['adjustForDiscoveries', 'a p above 1', () => lens.adjustForDiscoveries([0.5, 1.5]), InputError, 'out-of-range', 'p[1]', '1.5'],
  ['adjustForDiscoveries', 'a p of NaN', () => lens.adjustForDiscoveries([NaN]), InputError, 'not-finite', 'p[0]', 'NaN'],
  ['labelHierarchy', 'small classes', () => lens.labelHierarchy(rows, pairs), UndefinedMetricError, 'too-few-clusters', 'minClassSize = 10', 'got 0 of 2'],
  ['labelHierarchy', 'a fold without rows', () => lens.labelHierarchy([[0], [0], [0], [0], [0]], [1, 1, 2, 0, 0], { minClassSize: 2 }), UndefinedMetricError, 'undefined-metric', 'got 4 rows', '5 folds'],
  ['labelHierarchy', 'one fold', () => lens.labelHierarchy(rows, pairs, { folds: 1 }), InputError, 'out-of-range', 'got 1'],
  ['labelHierarchy', 'more groups than classes', () => lens.labelHierarchy(five, halves, { groups: [9], folds: 2 }), InputError, 'out-of-range', 'groups[0]', 'got 9'],
  ['positivePairAudit', 'batches of one', () => lens.positivePairAudit(pairs, { batchSize: 1 }), InputError, 'out-of-range', 'got 1'],
  ['positivePairAudit', 'an unknown sampler', () => lens.positivePairAudit(pairs, { sampler: bad('random') }), InputError, 'unknown-name', '"random"'],
  ['compareSpaces', 'no space', () => lens.compareSpaces({}, pairs), InputError, 'empty', 'none'],
  ['compareSpaces', 'a space with other rows', () => lens.compareSpaces({ latent: [[1]] }, pairs), ShapeError, 'length-mismatch', 'latent', '1 rows'],
  ['verifyClaims', 'an unknown claim', () => lens.verifyClaims(rows, pairs, { silhouete: 0.68 }), InputError, 'unknown-name', '"silhouete"'],
  ['verifyClaims', 'a claim that is no number', () => lens.verifyClaims(rows, pairs, { silhouette: 'about 0.5' }), InputError, 'not-finite', '"about 0.5"'],
  ['diagnose', 'nothing', () => lens.diagnose(bad(undefined)), InputError, 'wrong-type', 'undefined'],
  ['diagnose', 'no labels', () => lens.diagnose(bad({ points: rows })), InputError, 'wrong-type', 'labels', 'undefined'],
  ['diagnose', 'an unknown option', () => lens.diagnose({ points: rows, labels: pairs }, bad({ sed: 1 })), InputError, 'unknown-option', '"sed"'],
];

// biome-ignore format: one row, one line
const LEARNING: Row[] = [
  ['tensor', 'NaN', () => tensor([1, NaN]), InputError, 'not-finite', 'NaN'],
  ['tensor', 'ragged values', () => tensor([[1, 2], [3]]), ShapeError, 'ragged-rows', '1'],
  ['tensor', 'a shape that does not fit', () => tensor([1, 2, 3], { shape: [2, 2] }), ShapeError, 'length-mismatch', '3'],
  ['tensor', 'text', () => tensor(bad('x')), InputError, 'wrong-type', '"x"'],
  ['add', 'shapes that do not broadcast', () => nn.add(tensor([1, 2]), tensor([1, 2, 3])), ShapeError, 'shape-mismatch', '2', '3'],
  ['matmul', 'inner sizes that differ', () => nn.matmul(tensor([[1, 2]]), tensor([[1, 2]])), ShapeError, 'shape-mismatch', '2'],
  ['div', 'a zero divisor', () => nn.div(tensor([1]), tensor([0])), InputError, 'out-of-range', '0'],
  ['log', 'zero', () => nn.log(tensor([0])), InputError, 'out-of-range', '0'],
  ['sqrt', 'a negative', () => nn.sqrt(tensor([-4])), InputError, 'out-of-range', '-4'],
  ['exp', 'more than can be held', () => nn.exp(tensor([1e4])), InputError, 'not-finite', 'Infinity'],
  ['reshape', 'another number of elements', () => nn.reshape(tensor([1, 2, 3]), [2, 2]), ShapeError, 'length-mismatch', '3'],
  ['gather', 'a row that is not there', () => nn.gather(tensor([[1], [2]]), [2]), InputError, 'out-of-range', '2'],
  ['sum', 'an axis that is not there', () => nn.sum(tensor([1, 2]), { axis: 3 }), ShapeError, 'shape-mismatch', 'got 3'],
  ['backward', 'more than one element', () => tensor([1, 2], { requiresGrad: true }).backward(), GradientError, 'no-gradient', '[2]'],
  ['backward', 'a constant', () => tensor([1]).backward(), GradientError, 'no-gradient', '1'],
  ['gradcheck', 'a gradient that is wrong', () => nn.gradcheck((x) => nn.mul(x, x.detach()), [tensor([3], { requiresGrad: true })]), GradientError, 'gradient-mismatch', '3'],
  ['gradcheck', 'no function', () => nn.gradcheck(bad(1), []), InputError, 'wrong-type', '1'],
  ['Linear', 'no inputs', () => new nn.Linear(0, 2), InputError, 'out-of-range', '0'],
  ['Dropout', 'a rate of 1', () => new nn.Dropout(1), InputError, 'out-of-range', '1'],
  ['LayerNorm', 'half a column', () => new nn.LayerNorm(1.5), InputError, 'out-of-range', '1.5'],
  ['residualAutoencoder', 'an unknown decoder', () => nn.residualAutoencoder(bad({ inputSize: 4, decoder: 'tanh' })), InputError, 'unknown-name', '"tanh"'],
  ['mse', 'shapes that differ', () => nn.mse(tensor([1, 2]), tensor([1])), ShapeError, 'shape-mismatch', '2', '1'],
  ['supCon', 'too few labels', () => nn.supCon(tensor([[1, 0], [0, 1]]), [0]), ShapeError, 'length-mismatch', '2 rows and 1 labels'],
  ['supCon', 'a temperature of 0', () => nn.supCon(tensor([[1, 0], [0, 1]]), [0, 0], { temperature: 0 }), InputError, 'out-of-range', '0'],
  ['backward', 'a loss without a positive pair', () => nn.supCon(tensor([[1, 0], [0, 1]], { requiresGrad: true }), [0, 1]).loss.backward(), GradientError, 'no-gradient', '0'],
  ['ntXent', 'views that differ', () => nn.ntXent(tensor([[1, 0]]), tensor([[1, 0], [0, 1]])), ShapeError, 'shape-mismatch', '1', '2'],
  ['tripletMargin', 'an unknown mining', () => nn.tripletMargin(tensor([[1], [2]]), [0, 0], { mining: bad('semi') }), InputError, 'unknown-name', '"semi"'],
  ['sgd', 'no learning rate', () => nn.sgd(bad({})), InputError, 'wrong-type', 'learningRate', 'undefined'],
  ['adam', 'a beta of 1', () => nn.adam({ beta1: 1 }), InputError, 'out-of-range', 'beta1', '1'],
  ['clipGradientNorm', 'a negative limit', () => nn.clipGradientNorm([], -1), InputError, 'out-of-range', 'got -1'],
  ['cosineDecay', 'no length', () => nn.cosineDecay(bad({})), InputError, 'wrong-type', 'length', 'undefined'],
  ['stepDecay', 'a gamma above 1', () => nn.stepDecay({ stepSize: 3, gamma: 2 }), InputError, 'out-of-range', 'got 2'],
  ['shuffledBatches', 'batches of none', () => nn.shuffledBatches(10, { batchSize: 0 }), InputError, 'out-of-range', '0'],
  ['balancedBatches', 'more classes than there are', () => nn.balancedBatches(pairs, { classes: 3, samples: 2 }), InputError, 'out-of-range', 'classes = 3'],
  ['fromSafetensors', 'text', () => nn.fromSafetensors(bad('x')), InputError, 'wrong-type', '"x"'],
  ['fromSafetensors', 'a truncated file', () => nn.fromSafetensors(Uint8Array.of(1, 2, 3)), InputError, 'malformed-file', '3'],
  ['fromTorch', 'text', () => nn.fromTorch(bad('x')), InputError, 'wrong-type', '"x"'],
  ['fromTorch', 'a truncated file', () => nn.fromTorch(Uint8Array.of(80, 75, 3, 4)), InputError, 'malformed-file', 'got none'],
  ['fromTorch', 'a key of another type', () => nn.fromTorch(Uint8Array.of(80, 75), { key: bad(3) }), InputError, 'wrong-type', 'got 3'],
  ['loadAutoencoder', 'text', () => nn.loadAutoencoder(bad('x')), InputError, 'wrong-type', '"x"'],
  ['loadAutoencoder', 'another model', () => nn.loadAutoencoder(nn.toSafetensors([['w', tensor([1])]])), InputError, 'unknown-name', '(w)'],
  ['toSafetensors', 'one name twice', () => nn.toSafetensors([['a', tensor([1])], ['a', tensor([2])]]), InputError, 'unknown-name', '"a"'],
  ['Rng', 'a seed that is NaN', () => new nn.Rng(NaN), InputError, 'out-of-range', 'seed', 'NaN'],
  ['Rng', 'a negative seed', () => new nn.Rng(-1), InputError, 'out-of-range', 'got -1'],
  ['Rng', 'a seed in text', () => new nn.Rng(bad('7')), InputError, 'out-of-range', '"7"'],
  ['Rng', 'no number to choose from', () => new nn.Rng(0).integer(0), InputError, 'out-of-range', 'bound', 'got 0'],
  ['Rng', 'more numbers than 32 bits tell apart', () => new nn.Rng(0).integer(2 ** 33), InputError, 'out-of-range', '8589934592'],
  ['Sequential', 'a step that is no function', () => new nn.Sequential(bad(3)), InputError, 'wrong-type', 'step 0', '3'],
  ['ResidualBlock', 'a seed of NaN', () => new nn.ResidualBlock(2, 2, { seed: NaN }), InputError, 'not-finite', 'NaN'],
  ['linear', 'a weight of other columns', () => nn.linear(tensor([[1, 2]]), tensor([[1, 2, 3]]), tensor([1])), ShapeError, 'shape-mismatch', '[1, 2]', '[1, 3]'],
  ['layerNorm', 'an unknown option', () => nn.layerNorm(tensor([[1, 2]]), bad({ epsilon: 1 })), InputError, 'unknown-option', '"epsilon"'],
  ['dropout', 'no source of random numbers', () => nn.dropout(tensor([1]), bad({ rate: 0.5 })), InputError, 'wrong-type', 'rng', 'undefined'],
  ['dropout', 'a rate of 1', () => nn.dropout(tensor([1]), { rate: 1, rng: new nn.Rng(0) }), InputError, 'out-of-range', 'got 1'],
  ['softmax', 'an axis that is not there', () => nn.softmax(tensor([[1, 2]]), { axis: 9 }), ShapeError, 'shape-mismatch', '-2 to 1', 'got 9'],
  ['logSumExp', 'an axis that is not there', () => nn.logSumExp(tensor([[1, 2]]), { axis: 9 }), ShapeError, 'shape-mismatch', 'got 9'],
  ['max', 'an axis that is not there', () => nn.max(tensor([1, 2]), { axis: 4 }), ShapeError, 'shape-mismatch', 'got 4'],
  ['mean', 'an axis that is not there', () => nn.mean(tensor([1, 2]), { axis: 4 }), ShapeError, 'shape-mismatch', 'got 4'],
  ['concat', 'nothing', () => nn.concat([]), InputError, 'empty', 'length 0'],
  ['concat', 'rows of different lengths', () => nn.concat([tensor([[1, 2]]), tensor([[1]])]), ShapeError, 'shape-mismatch', '[1, 2]', '[1, 1]'],
  ['slice', 'an unknown option', () => nn.slice(tensor([1, 2]), bad({ from: 1 })), InputError, 'unknown-option', '"from"'],
  ['transpose', 'a vector', () => nn.transpose(tensor([1, 2])), ShapeError, 'shape-mismatch', '[2]'],
  ['square', 'more than can be held', () => nn.square(tensor([1e200])), InputError, 'not-finite', 'Infinity', '1e+200'],
  ['tanh', 'a text', () => nn.tanh(bad('x')), InputError, 'wrong-type', '"x"'],
  ['gradients', 'more than one element', () => nn.gradients(tensor([1, 2]), []), GradientError, 'no-gradient', '[2]'],
  ['noGrad', 'no function', () => nn.noGrad(bad(3)), InputError, 'wrong-type', 'got 3'],
  ['adamW', 'a negative learning rate', () => nn.adamW({ learningRate: -1 }), InputError, 'out-of-range', 'got -1'],
  ['clipGradientValue', 'a negative limit', () => nn.clipGradientValue([], -1), InputError, 'out-of-range', 'got -1'],
  ['exponentialDecay', 'no gamma', () => nn.exponentialDecay(bad({})), InputError, 'wrong-type', 'gamma', 'undefined'],
  ['linearWarmup', 'no step', () => nn.linearWarmup(bad({ length: 0 })), InputError, 'out-of-range', 'length', 'got 0'],
  ['contrastiveLoss', 'a temperature of 0', () => nn.contrastiveLoss(bad({ temperature: 0 })), InputError, 'out-of-range', 'temperature', 'got 0'],
  ['reconstructionLoss', 'a negative weight', () => nn.reconstructionLoss(bad({ weight: -1 })), InputError, 'out-of-range', 'weight', 'got -1'],
  ['explainPlan', 'no model', () => nn.explainPlan(bad({}), bad([])), InputError, 'wrong-type', 'forward()', 'Object'],
  ['train', 'no model', () => nn.train(bad(undefined), bad({}), bad({})), InputError, 'wrong-type', 'model', 'undefined'],
  ['train', 'no points', () => nn.train(nn.residualAutoencoder({ inputSize: 2 }), bad({}), bad({})), InputError, 'wrong-type', 'points', 'Object'],
  ['embeddingHealth', 'one row', () => nn.embeddingHealth([[1, 2]]), UndefinedMetricError, 'undefined-metric', 'got 1'],
];

const TABLES: readonly (readonly [string, Row[]])[] = [
  ['the door and distances', DATA],
  ['every index of points and labels', EVERY_INDEX],
  ['internal indices', INTERNAL],
  ['external indices', EXTERNAL],
  ['imbalance and signatures', IMBALANCE],
  ['diagnosis', DIAGNOSE],
  ['clusterlens/nn', LEARNING],
];

for (const [title, table] of TABLES) {
  describe(`bad input: ${title}`, () => {
    for (const [name, what, act, errorClass, code, ...named] of table) {
      it(`${name}: ${what}`, () => {
        let error: unknown;
        try {
          act();
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toBeInstanceOf(errorClass);
        const { code: actual, message, name: className } = error as lens.ClusterlensError;
        expect(actual).toBe(code);
        expect(className).toBe(errorClass.name);
        expect(message.startsWith(name), message).toBe(true);
        for (const fragment of named) expect(message).toContain(fragment);
      });
    }
  });
}

describe('the table of bad input', () => {
  const tables = TABLES.flatMap(([, table]) => table);

  it('has rows for every public function of the main entry', () => {
    const isError = (value: object) => (value as { prototype?: unknown }).prototype instanceof Error;
    const functions = Object.entries(lens).filter(([, value]) => typeof value === 'function' && !isError(value));
    // These take any value.
    const ofAll = ['fromPlain', 'toPlain'];
    const named = new Set(tables.map(([name]) => name));
    const needed = functions.map(([name]) => name).filter((name) => !ofAll.includes(name));
    const listed = [...named].filter((name) => needed.includes(name));
    expectComplete('test/unit/bad-input.test.ts', listed, needed);
  });

  it('has every error code that input alone can cause', () => {
    const codes = new Set(tables.map(([, , , , code]) => code));
    expect([...codes].sort()).toEqual(
      [
        ...['wrong-type', 'not-finite', 'empty', 'missing-label', 'unknown-name', 'unknown-option', 'out-of-range'],
        ...['not-a-distance', 'malformed-file', 'ragged-rows', 'length-mismatch', 'not-square', 'shape-mismatch'],
        ...['too-few-clusters', 'too-many-clusters', 'undefined-metric', 'no-gradient', 'gradient-mismatch'],
      ].sort(),
    );
  });
});
