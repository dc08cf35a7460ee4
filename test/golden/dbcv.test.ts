import { describe, expect, it } from 'vitest';
import { dbcv } from '../../src/index.js';
import { fixture } from '../support/fixture.js';
import { near } from '../support/near.js';

interface Expected {
  readonly score: number;
  readonly clusters: ReadonlyArray<{
    label: number;
    size: number;
    score: number;
    sparseness: number;
    separation: number;
  }>;
}

interface Fixture {
  readonly cases: ReadonlyArray<{
    name: string;
    points: number[][];
    labels: number[];
    euclidean: Expected;
    sqeuclidean: Expected;
  }>;
  readonly published: {
    points: number[][];
    labels: number[];
    metric: 'sqeuclidean';
    value: number;
    fromThisScript: number;
    euclidean: number;
  };
}

const { cases, published } = fixture<Fixture>('dbcv');

describe.each(cases)('dbcv equals the definition in numpy: $name', ({ points, labels, ...expected }) => {
  it.each(['euclidean', 'sqeuclidean'] as const)('%s', (metric) => {
    const result = dbcv(points, labels, { metric, noiseLabel: -1 });
    near(result.score, expected[metric].score, 1e-12);
    expect(result.clusters.map(({ label, size }) => [label, size])).toEqual(
      expected[metric].clusters.map(({ label, size }) => [label, size]),
    );
    result.clusters.forEach((cluster, c) => {
      const other = expected[metric].clusters[c]!;
      near(cluster.score, other.score, 1e-12);
      near(cluster.sparseness, other.sparseness, 1e-12, 0);
      near(cluster.separation, other.separation, 1e-12, 0);
    });
  });
});

describe('dbcv on published data', () => {
  it('two moons, 300 rows: as the definition', () => {
    near(dbcv(published.points, published.labels, { metric: 'sqeuclidean' }).score, published.fromThisScript, 1e-12);
    near(dbcv(published.points, published.labels).score, published.euclidean, 1e-12);
  });

  it('two moons: within the spread of the spanning trees of the value that FelSiq/DBCV prints, 0.8545', () => {
    const { score } = dbcv(published.points, published.labels, { metric: published.metric });
    near(score, published.value, 0.005);
  });
});
