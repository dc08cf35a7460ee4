import { describe, expect, it } from 'vitest';
import { type Center, type Metric, signatureDistances, signatures } from '../../src/index.js';
import fixture from './fixtures/numpy-signatures.json' with { type: 'json' };

const { points, labels, top, cases } = fixture;

function near(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual}, expected ${expected}`).toBeLessThanOrEqual(
    1e-12 * Math.max(1e-3, Math.abs(expected)),
  );
}

describe.each(cases)('$center of $standardize rows, $metric: equal to numpy and scipy', (c) => {
  const center = c.center as Center;
  const standardize = c.standardize === 'zscore';

  it('signatureDistances', () => {
    const result = signatureDistances(points, labels, {
      top: top.length,
      center,
      standardize,
      metric: c.metric as Metric,
      permutations: 0,
    });
    expect(result.labels).toEqual(top);
    c.matrix.forEach((row, i) => {
      row.forEach((v, j) => {
        near(result.matrix[i]![j]!, v);
      });
    });
    near(result.mean, c.mean);
    near(result.std, c.std);
    near(result.separation.within!, c.within);
    near(result.separation.overall!, c.overall);
    expect(result).toMatchObject({ metric: c.metric, center, standardize, null: null, n: 35, d: 5, k: 5 });
  });

  it.runIf(c.centers !== undefined)('signatures', () => {
    const { classes } = signatures(points, labels, { center, standardize });
    top.forEach((label, t) => {
      const { size, vector, spread } = classes.find((signature) => signature.label === label)!;
      expect(size).toBe(labels.filter((l) => l === label).length);
      c.centers![t]!.forEach((v, j) => {
        near(vector[j]!, v);
      });
      near(spread, c.spread![t]!);
    });
  });
});
