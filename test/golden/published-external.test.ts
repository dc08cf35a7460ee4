import { describe, expect, it } from 'vitest';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  fowlkesMallows,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusion,
  purity,
  randIndex,
  vMeasure,
} from '../../src/index.js';
import { readContingency } from '../../src/metrics/external/contingency.js';
import { expectedInformation } from '../../src/metrics/external/expected-information.js';
import { information } from '../../src/metrics/external/information.js';

describe('the 17 points of Manning, Raghavan and Schuetze 2008, figure 16.4', () => {
  const truth = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3];
  const predicted = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2];

  it('gives the values that scikit-learn tests (test_supervised.py): MI .41022, EMI .15042, AMI .27821', () => {
    const table = readContingency('test', truth, predicted);
    const expected = expectedInformation(table.truthCounts, table.predictedCounts, table.n);
    expect(mutualInformation(truth, predicted)).toBeCloseTo(0.41022, 5);
    expect(information(table).truthEntropy - expected.truthGivenPredicted).toBeCloseTo(0.15042, 5);
    expect(adjustedMutualInformation(truth, predicted)).toBeCloseTo(0.27821, 5);
  });

  it('has purity 12 / 17, Rand index .691 and ARI .267', () => {
    expect(purity(truth, predicted)).toBe(12 / 17);
    expect(randIndex(truth, predicted)).toBeCloseTo(0.6911764705882353, 14);
    expect(adjustedRandIndex(truth, predicted)).toBeCloseTo(0.2669404517453799, 14);
    expect(fowlkesMallows(truth, predicted)).toBeCloseTo(0.48795003647426666, 14);
    expect(pairConfusion(truth, predicted)).toEqual([
      [148, 44],
      [40, 40],
    ]);
  });

  it('has NMI = V = .378 from homogeneity .375 and completeness .382', () => {
    expect(normalizedMutualInformation(truth, predicted)).toBeCloseTo(0.37834992787204086, 14);
    const v = vMeasure(truth, predicted);
    expect(v.homogeneity).toBeCloseTo(0.3746022423885999, 14);
    expect(v.completeness).toBeCloseTo(0.38217335812507575, 14);
    expect(v.vMeasure).toBeCloseTo(0.3783499278720409, 14);
  });
});

describe('the six points of the scikit-learn user guide on clustering evaluation', () => {
  const truth = [0, 0, 0, 1, 1, 1];
  const predicted = [0, 1, 0, 1, 2, 2];

  it('has ARI .24, Rand index .66, homogeneity .67, completeness .42, V .52', () => {
    expect(adjustedRandIndex(truth, predicted)).toBeCloseTo(0.24242424242424243, 14);
    expect(randIndex(truth, predicted)).toBeCloseTo(2 / 3, 14);
    const v = vMeasure(truth, predicted);
    expect(v.homogeneity).toBeCloseTo(0.67, 2);
    expect(v.completeness).toBeCloseTo(0.42, 2);
    expect(v.vMeasure).toBeCloseTo(0.52, 2);
  });
});
