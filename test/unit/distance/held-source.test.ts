import { expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { heldSource, sourceOf } from '../../../src/distance/held-source.js';
import { type Metric, resolveMetric } from '../../../src/distance/metric.js';

const [n, d] = [70, 9];
const rng = new Rng(5);
const points = Float64Array.from({ length: n * d }, () => 1000 * rng.normal());
const squares = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, c) => sum + (v - b[c]!) ** 2, 0);
const METRICS: Metric[] = ['gower', 'euclidean', 'sqeuclidean', 'cosine', 'manhattan', 'seuclidean', squares];

it.each(METRICS)('held distances are those of the source to the bit, in its units: %s', (metric) => {
  const source = resolveMetric('test', metric).source('test', { points, n, d });
  const held = heldSource(source);
  expect(held.unit).toBe(source.unit);
  const rows = Int32Array.of(69, 3, 3, 0, 41);
  const place = { from: 7, at: 2, stride: 80 };
  for (const where of [undefined, place]) {
    const [expected, found] = [new Float64Array(5 * 80), new Float64Array(5 * 80)];
    source.fillRows(rows, expected, where);
    held.fillRows(rows, found, where);
    expect(found).toStrictEqual(expected);
    // What the caller overwrites is its own.
    found.fill(-1);
    held.fillRows(rows, found, where);
    expect(found.filter((value) => value !== -1)).toStrictEqual(expected.filter((_, p) => found[p] !== -1));
  }
  const [expected, found] = [new Float64Array(12), new Float64Array(12)];
  const columns = Int32Array.of(5, 6, 20, 14);
  source.fillPairs(rows.subarray(0, 3), columns, expected);
  held.fillPairs(rows.subarray(0, 3), columns, found);
  expect(found).toStrictEqual(expected);
});

it('each distance is computed once, whoever asks', () => {
  let calls = 0;
  const measure = (a: Float64Array, b: Float64Array) => {
    calls++;
    return squares(a, b);
  };
  const held = heldSource(resolveMetric('test', measure).source('test', { points, n, d }));
  const out = new Float64Array(n * n);
  const all = Int32Array.from({ length: n }, (_, i) => i);
  held.fillRows(all, out);
  const once = calls;
  held.fillRows(all, out);
  held.fillPairs(all, all, out);
  expect(calls).toBe(once);
});

it('some rows of a source have the distances among them', () => {
  const source = resolveMetric('test', undefined).source('test', { points, n, d });
  const rows = Int32Array.of(60, 2, 33, 17);
  const some = sourceOf(source, rows);
  expect(some.n).toBe(4);
  const out = new Float64Array(3 + 2 * 3);
  some.fillRows(Int32Array.of(2, 0), out, { from: 1, at: 1, stride: 4 });
  const between = (i: number, j: number) => {
    const one = new Float64Array(1);
    source.fillPairs(Int32Array.of(i), Int32Array.of(j), one);
    return one[0]!;
  };
  expect([...out]).toStrictEqual([
    0,
    between(33, 2),
    0,
    between(33, 17),
    0,
    between(60, 2),
    between(60, 33),
    between(60, 17),
    0,
  ]);
});
