import { afterEach, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import {
  calinskiHarabasz,
  daviesBouldin,
  dbcv,
  dunn,
  medoidSilhouette,
  neighborAgreement,
  pairwiseDistances,
  signatureDistances,
  significance,
  silhouette,
  simplifiedSilhouette,
  xieBeni,
} from '../../../src/index.js';
import * as parallel from '../../../src/parallel/index.js';
import { replaceBuiltin } from '../../support/worker-spy.js';

afterEach(() => vi.restoreAllMocks());

const rng = new Rng(1);
const data = Float64Array.from({ length: 60 * 5 }, () => rng.normal());
const labels = Array.from({ length: 60 }, (_, i) => i % 3);
const flat = (values: Float64Array) => ({ data: values, rows: 60, columns: 5 });
/** The same in rows, which are always copied. */
const rows = Array.from({ length: 60 }, (_, i) => Array.from(data.slice(5 * i, 5 * i + 5)));

type Compute = (points: unknown, labels: unknown) => unknown;
const FUNCTIONS: Record<string, unknown> = {
  calinskiHarabasz,
  daviesBouldin,
  dbcv,
  dunn,
  medoidSilhouette,
  neighborAgreement,
  signatureDistances,
  significance,
  silhouette,
  simplifiedSilhouette,
  xieBeni,
};

it.each(Object.entries(FUNCTIONS))('%s leaves the array of the caller as it is', (_, metric) => {
  const compute = metric as Compute;
  const given = data.slice();
  const result = compute(flat(given), labels);
  expect(given).toStrictEqual(data);
  expect(result).toStrictEqual(compute(rows, labels));
});

it.each([
  ['tiny', (value: number) => value * 2 ** -600],
  ['huge', (value: number) => value * 2 ** 450],
  ['moved', (value: number) => 1e6 + Math.round(4 * value)],
  // Three times the sum of thirds: centroids that coincide to rounding.
  ['coincident', (value: number, p: number) => (p % 15 < 5 ? 0.1 : p % 15 < 10 ? 0.1 + 1e-17 : value)],
] as const)('%s values in a Float64Array give what they give in rows', (_, of) => {
  const values = data.map(of);
  const inRows = Array.from({ length: 60 }, (_, i) => Array.from(values.slice(5 * i, 5 * i + 5)));
  for (const compute of [calinskiHarabasz, daviesBouldin, silhouette] as unknown as Compute[]) {
    expect(compute(flat(values), labels)).toStrictEqual(compute(inRows, labels));
  }
});

it('a metric that writes to its rows is refused, and does not reach the array of the caller', () => {
  const given = data.slice();
  const sorting = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    (a as Float64Array).sort();
    (b as Float64Array).sort();
    return Math.abs(a[0]! - b[0]!);
  };
  expect(() => silhouette(flat(given), labels, { metric: sorting })).toThrow('must leave its rows as they are');
  expect(() => pairwiseDistances(flat(given), { metric: sorting })).toThrow('must leave its rows as they are');
  for (const [value, text] of [
    ['1', '"1"'],
    [1n, '1n'],
    [Promise.resolve(1), 'Promise'],
  ] as const) {
    const metric = (() => value) as never;
    expect(() => silhouette(flat(given), labels, { metric })).toThrow(`, got ${text} for row 0 and row`);
  }
  expect(given).toStrictEqual(data);
});

it('an array that the caller changes between two calls is looked through anew', () => {
  const given = data.slice();
  const before = daviesBouldin(flat(given), labels);
  for (let p = 0; p < given.length; p++) given[p]! *= 2 ** 400;
  expect(daviesBouldin(flat(given), labels).score).toBe(before.score);
  for (let p = 0; p < given.length; p++) given[p]! *= 2 ** -800;
  expect(daviesBouldin(flat(given), labels).score).toBe(before.score);
  given[7] = Number.NaN;
  expect(() => daviesBouldin(flat(given), labels)).toThrow(/row 1, column 2/);
});

it('what goes on after the call has its own copy', async () => {
  replaceBuiltin(undefined);
  const twins = [
    [parallel.silhouette, silhouette],
    [parallel.neighborAgreement, neighborAgreement],
    [parallel.significance, significance],
  ] as unknown as [Compute, Compute][];
  for (const [there, here] of twins) {
    const given = data.slice();
    const promise = there(flat(given), labels);
    given.fill(0);
    expect(await promise).toStrictEqual(here(rows, labels));
  }
  const given = data.slice();
  const promise = parallel.pairwiseDistances(flat(given));
  given.fill(0);
  expect(await promise).toStrictEqual(pairwiseDistances(rows));
});
