import { describe, expect, it } from 'vitest';
import { adjustedMutualInformation } from '../../src/metrics/external/adjusted-mutual-information.js';
import { adjustedRandIndex } from '../../src/metrics/external/adjusted-rand-index.js';
import { AVERAGES, type Average } from '../../src/metrics/external/average.js';
import { readContingency } from '../../src/metrics/external/contingency.js';
import { expectedInformation } from '../../src/metrics/external/expected-information.js';
import { fowlkesMallows } from '../../src/metrics/external/fowlkes-mallows.js';
import { information } from '../../src/metrics/external/information.js';
import { matchingAccuracy } from '../../src/metrics/external/matching-accuracy.js';
import { mutualInformation } from '../../src/metrics/external/mutual-information.js';
import { normalizedMutualInformation } from '../../src/metrics/external/normalized-mutual-information.js';
import { pairConfusion } from '../../src/metrics/external/pair-confusion.js';
import { purity } from '../../src/metrics/external/purity.js';
import { randIndex } from '../../src/metrics/external/rand-index.js';
import { vMeasure } from '../../src/metrics/external/v-measure.js';
import { variationOfInformation } from '../../src/metrics/external/variation-of-information.js';
import fixture from './fixtures/sklearn-external.json' with { type: 'json' };

type ByAverage = Readonly<Record<Average, number | null>>;

/** scikit-learn sums MI with cancellation: below 1e-12 of the entropies its digits are noise. */
function near(actual: number, expected: number, relative: number, scale = 0): void {
  expect(Math.abs(actual - expected), `got ${actual}, expected ${expected}`).toBeLessThanOrEqual(
    relative * Math.max(Math.abs(expected), scale),
  );
}

describe.each(fixture.cases)('external indices equal scikit-learn 1.2.1: $name', (c) => {
  const truth = c.truth as (string | number)[];
  const predicted = c.predicted as (string | number)[];
  const exact = c.exact as { mi: number; vi: number; emi?: number; ami?: ByAverage };
  const table = readContingency('test', truth, predicted);
  const n = truth.length;

  it('pair counts, to the unit', () => {
    expect(pairConfusion(truth, predicted)).toEqual(c.pairConfusion);
  });

  it('pair indices, 1e-12', () => {
    near(adjustedRandIndex(truth, predicted), c.ari, 1e-12);
    near(randIndex(truth, predicted), c.ri, 1e-12);
    near(fowlkesMallows(truth, predicted), c.fmi, 1e-12);
  });

  it('counts of right rows, 1e-15', () => {
    near(purity(truth, predicted), c.purity, 1e-15);
    near(matchingAccuracy(truth, predicted), c.matchingAccuracy, 1e-15);
  });

  it('information, 1e-12', () => {
    near(mutualInformation(truth, predicted), c.mi, 1e-12, 1e-3);
    const v = vMeasure(truth, predicted);
    near(v.homogeneity, c.homogeneity, 1e-12, 1e-3);
    near(v.completeness, c.completeness, 1e-12, 1e-3);
    near(v.vMeasure, c.vMeasure, 1e-12, 1e-3);
    for (const [beta, expected] of Object.entries(c.vMeasureBeta)) {
      near(vMeasure(truth, predicted, { beta: Number(beta) }).vMeasure, expected, 1e-12, 1e-3);
    }
    for (const average of AVERAGES) {
      near(normalizedMutualInformation(truth, predicted, { average }), c.nmi[average], 1e-12, 1e-3);
    }
  });

  it('MI and VI in 60 digits, 1e-14 relative however small', () => {
    near(mutualInformation(truth, predicted), exact.mi, 1e-14);
    near(variationOfInformation(truth, predicted), exact.vi, 1e-14);
  });

  it('AMI: scikit-learn to 1e-9 where its denominator is not rounding noise', () => {
    for (const average of AVERAGES) {
      const actual = adjustedMutualInformation(truth, predicted, { average });
      if (exact.ami?.[average] !== null) near(actual, c.ami[average], 1e-9, 1e-3);
    }
  });

  it.runIf(exact.ami !== undefined)('AMI in 60 digits, 1e-12, from E[MI], 1e-14', () => {
    const expected = expectedInformation(table.truthCounts, table.predictedCounts, n);
    const { truthEntropy, predictedEntropy } = information(table);
    near(expected.truthGivenPredicted, truthEntropy - exact.emi!, 1e-14, truthEntropy);
    near(expected.predictedGivenTruth, predictedEntropy - exact.emi!, 1e-14, predictedEntropy);
    for (const average of AVERAGES) {
      const ami = exact.ami![average];
      if (ami !== null) near(adjustedMutualInformation(truth, predicted, { average }), ami, 1e-12, 1e-3);
    }
  });
});
