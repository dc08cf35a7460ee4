import fc from 'fast-check';
import { type Clustering, clusterings } from '../support/clusterings.js';

/** Whole numbers along one direction: rows on a line, many of them equal or equally far. */
const collinear = clusterings(['few integers']).map(
  (sample): Clustering => ({
    ...sample,
    kind: 'collinear',
    points: sample.points.map(([t]) => [t!, 2 * t!, -t!]),
  }),
);

const constantColumn = clusterings(['few integers', 'random']).map(
  (sample): Clustering => ({
    ...sample,
    kind: 'constant column',
    points: sample.points.map((row) => [3.7, ...row]),
  }),
);

/** Corners of squares: every distance is one of a few, to the bit. */
const corners = fc
  .record({ seedless: fc.array(fc.nat(3), { minLength: 6, maxLength: 20 }), k: fc.integer({ min: 2, max: 4 }) })
  .map(
    ({ seedless, k }): Clustering => ({
      kind: 'corners',
      points: seedless.map((corner) => [corner % 2, corner >> 1]),
      labels: seedless.map((_, i) => i % k),
    }),
  );

/** Points with labels, most of them full of equal rows and equal distances; labels reach single rows. */
export const samplesWithTies: fc.Arbitrary<Clustering> = fc.oneof(
  clusterings(['random', 'few integers', 'zeros', 'all equal', 'halves far from the origin']),
  clusterings(['few integers']),
  collinear,
  constantColumn,
  corners,
);
