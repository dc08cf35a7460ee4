import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MetricName, metricNames, pairwiseDistances } from '../../src/index.js';
import { near } from '../support/near.js';
import { rowsOfDomain } from '../support/rows-of-domain.js';
import { NAIVE_NAMED, naiveGower } from './named-distances.js';

/** The twins of these end in a root or a logarithm of a difference, which keeps half of the digits. */
const ROOTS = ['hellinger', 'matusita'];

describe('names that scipy lacks equal their printed formulas', () => {
  it.each(Object.entries(NAIVE_NAMED))('%s', (name, twin) => {
    const metric = name as MetricName;
    fc.assert(
      fc.property(rowsOfDomain(metricNames[metric].domain), (points) => {
        const expected = points.map((p) => points.map((q) => twin(p, q)));
        // Disjoint rows: refused, see the property of finite distances.
        fc.pre(expected.flat().every((value) => value <= 1e12));
        const { data } = pairwiseDistances(points, { metric });
        expected.forEach((row, i) => {
          row.forEach((value, j) => {
            const tolerance = ROOTS.includes(name) ? 1e-7 : 1e-11;
            near(data[i * points.length + j]!, i === j ? 0 : value, tolerance, 1, `rows ${i} and ${j}`);
          });
        });
      }),
      { numRuns: 150 },
    );
  });

  it('gower', () => {
    fc.assert(
      fc.property(rowsOfDomain('real'), (points) => {
        const { data } = pairwiseDistances(points, { metric: 'gower' });
        points.forEach((_, i) => {
          points.forEach((__, j) => {
            near(data[i * points.length + j]!, naiveGower(points, i, j), 1e-12);
          });
        });
      }),
    );
  });

  it('every name has a twin, or a case of scipy or scikit-learn', () => {
    const own = Object.entries(metricNames).filter(([, { source }]) => !/scipy|scikit-learn/.test(source));
    const missing = own.map(([name]) => name).filter((name) => !Object.hasOwn(NAIVE_NAMED, name));
    expect(missing).toEqual(['squaredEuclidean', 'gower']); // an alias of sqeuclidean; tested above
  });
});
