import { describe, expect, it } from 'vitest';
import {
  calinskiHarabasz,
  daviesBouldin,
  dunn,
  type Label,
  type MetricName,
  significance,
  silhouette,
  xieBeni,
} from '../../src/index.js';
import { fixture, iris } from '../support/fixture.js';
import { allNear, near } from '../support/near.js';

interface Averages {
  readonly micro: number;
  readonly macro: number;
  readonly per_cluster: Readonly<Record<string, number>>;
}

interface Case {
  readonly source: string;
  readonly metric?: MetricName;
  readonly X?: number[][];
  readonly lower_triangle_rowwise?: number[];
  readonly rows?: 'iris' | 'iris-uci';
  readonly labels?: number[];
  readonly samples?: number[];
  readonly mean?: number;
  readonly expected?: Readonly<Record<string, Averages | number>>;
}

const { cases } = fixture<{ cases: Readonly<Record<string, Case>> }>('published-cases');

function squareOf(lower: readonly number[]): number[][] {
  const n = (1 + Math.sqrt(1 + 8 * lower.length)) / 2;
  const square = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  let p = 0;
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) square[i]![j] = square[j]![i] = lower[p++]!;
  return square;
}

const uci = iris.points.map((row, i) => (i === 34 || i === 37 ? [4.9, 3.1, 1.5, 0.1] : row));
const species = iris.labels.map((name) => ['setosa', 'versicolor', 'virginica'].indexOf(name));

function inputOf(name: string): { points: number[][]; labels: Label[] } {
  const one = cases[name]!;
  if (one.rows !== undefined) {
    const labels = name === 'iris_correlation_k2' ? species.map((s) => Math.min(s, 1)) : species;
    return { points: one.rows === 'iris' ? iris.points : uci, labels };
  }
  return { points: one.X ?? squareOf(one.lower_triangle_rowwise!), labels: one.labels! };
}

describe('published cases, all digits', () => {
  for (const [name, one] of Object.entries(cases)) {
    const { points, labels } = inputOf(name);
    if (one.mean !== undefined) {
      it(`${name}: silhouette (${one.source})`, () => {
        const result = silhouette(points, labels, { metric: one.metric });
        near(result.score, one.mean!, 1e-14);
        if (one.samples !== undefined) allNear(result.samples, one.samples, 1e-14, 1, 'sample');
      });
    }
    for (const [key, value] of Object.entries(one.expected ?? {})) {
      it(`${name}: ${key} (${one.source})`, () => {
        if (typeof value !== 'number') {
          const result = silhouette(points, labels, { metric: key.slice('silhouette_'.length) as MetricName });
          near(result.score, value.micro, 1e-13);
          near(result.macroScore, value.macro, 1e-13);
          expect(result.clusters.map(({ label }) => String(label))).toEqual(Object.keys(value.per_cluster));
          allNear(
            result.clusters.map(({ score }) => score),
            Object.values(value.per_cluster),
            1e-13,
            1,
            'cluster',
          );
        } else if (key === 'calinski_harabasz') {
          near(calinskiHarabasz(points, labels).score, value, 1e-12);
        } else {
          const result = daviesBouldin(points, labels, { q: Number(key.at(-1)) });
          near(result.score, value, 1e-13);
          expect(result.q).toBe(Number(key.at(-1)));
        }
      });
    }
  }
});

describe('values as they stand in print', () => {
  const round = (value: number, digits: number) => Number(value.toFixed(digits));

  it('Rousseeuw 1987: twelve countries, two clusters, every width to two places', () => {
    const { points, labels } = inputOf('rousseeuw12_k2');
    const result = silhouette(points, labels, { metric: 'precomputed' });
    // Print: India -0.04; the mean 0.28.
    expect(Array.from(result.samples, (s) => round(s, 2))).toEqual([
      0.39, 0.22, 0.33, 0.4, 0.2, 0.35, -0.04, 0.3, 0.43, 0.34, 0.26, 0.19,
    ]);
    expect(round(result.score, 2)).toBe(0.28);
  });

  it('Rousseeuw 1987: twelve countries, three clusters', () => {
    const { points, labels } = inputOf('rousseeuw12_k3');
    const result = silhouette(points, labels, { metric: 'precomputed' });
    expect(Array.from(result.samples, (s) => round(s, 2))).toEqual([
      0.42, 0.25, 0.31, 0.48, 0.02, 0.44, 0.17, 0.37, 0.47, 0.44, 0.31, 0.28,
    ]);
    expect(round(result.score, 2)).toBe(0.33);
  });

  it('R cluster: a = b = 0 scores 0 (matrix D6)', () => {
    const { points, labels } = inputOf('R_D6_a_eq_b_eq_0');
    allNear(silhouette(points, labels, { metric: 'precomputed' }).samples, [0, 1, -0.975, -0.5, -0.375, -0.5], 1e-15);
  });

  it('R cluster: iris under correlation, setosa against the rest', () => {
    const { points, labels } = inputOf('iris_correlation_k2');
    const result = silhouette(points, labels, { metric: 'correlation' });
    expect(round(result.score, 7)).toBe(0.9518406);
    expect(result.clusters.map(({ score }) => round(score, 7))).toEqual([0.9829965, 0.9362626]);
  });

  it('R cluster: pam of ruspini in four clusters', () => {
    const { points, labels } = inputOf('ruspini_k4');
    const result = silhouette(points, labels);
    expect(round(result.score, 6)).toBe(0.737657);
    expect(result.clusters.map(({ score }) => round(score, 7))).toEqual([0.7262347, 0.7548344, 0.6691154, 0.8042285]);
    expect(round(result.samples[9]!, 7)).toBe(0.8056096);
  });

  it('Spark: iris in the UCI version, squared Euclidean silhouette and variance ratio', () => {
    expect(round(silhouette(uci, species, { metric: 'sqeuclidean' }).score, 10)).toBe(0.6564679231);
    expect(round(calinskiHarabasz(uci, species).score, 10)).toBe(486.3208393186);
  });

  it('Clustering.jl: Davies-Bouldin 3 / sqrt(20) and Dunn 1/2 on twelve points', () => {
    const { points, labels } = inputOf('julia12');
    near(daviesBouldin(points, labels).score, 3 / Math.sqrt(20), 1e-15);
    near(dunn(points, labels).score, 0.5, 1e-15);
  });

  it('Xie-Beni by hand on the same points: 24 / 12 over 4^2 (Clustering.jl leaves distances unsquared: 1/3)', () => {
    const { points, labels } = inputOf('julia12');
    const result = xieBeni(points, labels);
    near(result.compactness, 2, 1e-15);
    near(result.separation, 16, 1e-15);
    near(result.score, 0.125, 1e-15);
    expect(result.closest).toEqual([2, 4]);
  });

  it('scikit-learn: four squares have Davies-Bouldin 2 sqrt(1/2) / 3 and variance ratio 108', () => {
    const { points, labels } = inputOf('sk_four_squares');
    near(daviesBouldin(points, labels).score, (2 * Math.sqrt(0.5)) / 3, 1e-15);
    near(calinskiHarabasz(points, labels).score, 108, 1e-15);
  });

  it('scikit-learn: Davies-Bouldin with singletons is (5 / 4) / 3', () => {
    const { points, labels } = inputOf('sk_db_singletons');
    near(daviesBouldin(points, labels).score, 5 / 4 / 3, 1e-15);
  });

  it('@robzzson/silhouette: 0.67893', () => {
    const { points, labels } = inputOf('robzzson_readme');
    expect(round(silhouette(points, labels).score, 5)).toBe(0.67893);
  });

  it('iris, on which everybody agrees: 0.5035 for silhouette, .7514 and .8443 for Davies-Bouldin', () => {
    expect(round(silhouette(iris.points, iris.labels).score, 4)).toBe(0.5035);
    expect(round(daviesBouldin(iris.points, iris.labels).score, 4)).toBe(0.7514);
    expect(round(daviesBouldin(iris.points, iris.labels, { q: 2 }).score, 4)).toBe(0.8443);
    expect(round(significance(iris.points, iris.labels, { permutations: 1 }).silhouette.observed, 4)).toBe(0.5035);
  });
});
