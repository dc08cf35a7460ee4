import { describe, expect, it } from 'vitest';
import { softSilhouette } from '../../src/index.js';
import { fixture, iris } from '../support/fixture.js';
import { allNear, near } from '../support/near.js';

interface SoftCase {
  readonly memberships: number[][];
  readonly alpha: number;
  readonly score: number;
  readonly crisp: number;
  readonly entropy: number;
  readonly clusters: readonly (readonly [size: number, membership: number, score: number, crispScore: number])[];
  readonly between: number[];
  readonly amongSeveral: number[];
  readonly density: { readonly score: number; readonly median: number; readonly firstRows: number[] };
}

const { cases } = fixture<{ cases: Record<string, SoftCase> }>('soft-silhouette');

describe('softSilhouette of iris, beside the formulas in numpy', () => {
  it.each(Object.entries(cases))('%s', (_name, expected) => {
    const { memberships, alpha } = expected;
    const found = softSilhouette(iris.points, memberships, { alpha });
    near(found.score, expected.score, 1e-12);
    near(found.crisp.score, expected.crisp, 1e-12);
    near(found.entropy.mean, expected.entropy, 1e-12);
    near(found.entropy.share, expected.entropy / Math.log(memberships[0]!.length), 1e-12);
    expected.clusters.forEach(([size, membership, score, crispScore], j) => {
      const cluster = found.clusters[j]!;
      expect([cluster.label, cluster.size]).toEqual([j, size]);
      near(cluster.membership, membership, 1e-12);
      near(cluster.score!, score, 1e-12);
      near(cluster.crispScore!, crispScore, 1e-12);
    });
    expect(found.between.map(({ row }) => row)).toEqual(expected.between);
    expect([...found.amongSeveral]).toEqual(expected.amongSeveral);
    near(found.density!.score, expected.density.score, 1e-11);
    near(found.density!.median, expected.density.median, 1e-11);
    allNear(found.density!.samples.slice(0, 5), expected.density.firstRows, 1e-11);
  });
});
