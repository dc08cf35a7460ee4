import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { type DiagnoseOptions, type Diagnosis, diagnose } from '../../../src/index.js';
import { iris } from '../../support/fixture.js';

const { points, labels: species } = iris;
const NAMES = ['sepal length', 'sepal width', 'petal length', 'petal width'];

const withColumn = (name: string, make: (i: number) => number, options: DiagnoseOptions = {}) =>
  diagnose(
    { points: points.map((row, i) => [make(i), ...row]), labels: species, columns: [name, ...NAMES] },
    { permutations: 39, ...options },
  );
const rng = new Rng(12);
const customers = points.map(() => 1_000_000 + rng.integer(9_000_000));
const high = ({ findings }: Diagnosis) => findings.flatMap(({ id, severity }) => (severity === 'high' ? [id] : []));
const silhouetteOf = ({ metrics }: Diagnosis) => metrics.find(({ metric }) => metric === 'silhouette')!.score!;
const identifiers = ({ findings }: Diagnosis) => findings.find(({ id }) => id === 'identifier-columns')!;

describe('columns of iris that have names', () => {
  it('a customer_id is left out: the scores are those without it, and it is said', () => {
    const found = withColumn('customer_id', (i) => customers[i]!);
    expect(high(found)).toEqual([]);
    expect(silhouetteOf(found)).toBeCloseTo(0.5035, 4);
    expect(found.input).toMatchObject({ d: 4, n: 150 });
    expect(found.input.columns).toEqual([
      {
        name: 'customer_id',
        role: 'identifier',
        used: false,
        reason: 'whole numbers without a repeat, named as identifiers',
      },
      ...NAMES.map((name) => ({ name, role: 'feature', used: true })),
    ]);
    expect(identifiers(found)).toMatchObject({ verdict: 'confirmed', severity: 'low' });
    expect(identifiers(found).summary).toMatch(/^Column customer_id \(.*\) is no measurement and was left out/);
  });

  it('taken in again it decides the distances, which is of high severity', () => {
    const found = withColumn('customer_id', (i) => customers[i]!, { keepIdentifiers: true });
    expect(identifiers(found)).toMatchObject({ verdict: 'confirmed', severity: 'high' });
    expect(silhouetteOf(found)).toBeLessThan(0.1);
    expect(found.input.columns![0]).toMatchObject({ role: 'identifier', used: true });
  });

  it('the index of pandas on sorted rows is left out', () => {
    expect(silhouetteOf(withColumn('Unnamed: 0', (i) => i))).toBeCloseTo(0.5035, 4);
    expect(silhouetteOf(withColumn('Unnamed: 0', (i) => i, { keepIdentifiers: true }))).toBeCloseTo(0.5822, 4);
  });

  it('all are used with a metric that counts on their number', () => {
    const first = (row: ArrayLike<number>, other: ArrayLike<number>) => Math.abs(row[4]! - other[4]!);
    expect(withColumn('customer_id', (i) => customers[i]!, { metric: first }).input).toMatchObject({ d: 5 });
  });

  it('are left out of the held-out rows too', () => {
    const odd = points.flatMap((_, i) => (i % 2 === 1 ? [i] : []));
    const even = points.flatMap((_, i) => (i % 2 === 0 ? [i] : []));
    const rows = (of: number[]) => ({
      points: of.map((i) => [customers[i]!, ...points[i]!]),
      labels: of.map((i) => species[i]!),
    });
    const found = diagnose({ ...rows(even), columns: ['id', ...NAMES], heldOut: rows(odd) }, { permutations: 39 });
    const plain = (of: number[]) => ({ points: of.map((i) => points[i]!), labels: of.map((i) => species[i]!) });
    const without = diagnose({ ...plain(even), columns: NAMES, heldOut: plain(odd) }, { permutations: 39 });
    expect(found.metrics).toEqual(without.metrics);
  });
});

it('columns without names are all used, and the finding judges them', () => {
  const found = diagnose({ points: points.map((row, i) => [i, ...row]), labels: species }, { permutations: 39 });
  expect(found.input).toMatchObject({ d: 5, columns: null });
  expect(identifiers(found)).toMatchObject({ verdict: 'confirmed', severity: 'high' });
});
