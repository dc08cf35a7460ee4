import { expect, it } from 'vitest';
import { mixedRanges } from '../../src/cli/metric-of.js';
import { Rng } from '../../src/core/rng.js';
import { pairwiseDistances } from '../../src/index.js';

type Mixed = readonly (number | string)[];

/** Gower 1971 over variables: |a - b| / range of numbers, 0 or 1 of categories, and the mean of these. */
function naive(rows: readonly Mixed[], a: number, b: number): number {
  const variables = rows[0]!.length;
  let sum = 0;
  for (let v = 0; v < variables; v++) {
    const [left, right] = [rows[a]![v]!, rows[b]![v]!];
    if (typeof left === 'string') {
      sum += left === right ? 0 : 1;
    } else {
      const values = rows.map((row) => row[v] as number);
      const range = Math.max(...values) - Math.min(...values);
      sum += range === 0 ? 0 : Math.abs(left - (right as number)) / range;
    }
  }
  return sum / variables;
}

/** One column of 0 and 1 for each value of a category. */
function expanded(rows: readonly Mixed[]) {
  const groups: number[][] = [];
  const columns: number[][] = [];
  for (const v of rows[0]!.keys()) {
    if (typeof rows[0]![v] !== 'string') {
      columns.push(rows.map((row) => row[v] as number));
      continue;
    }
    const values = [...new Set(rows.map((row) => row[v]))];
    groups.push(values.map((_, j) => columns.length + j));
    for (const value of values) columns.push(rows.map((row) => (row[v] === value ? 1 : 0)));
  }
  const points = rows.map((_, i) => columns.map((column) => column[i]!));
  const flat = { data: Float64Array.from(points.flat()), rows: rows.length, columns: columns.length };
  return { points, ranges: mixedRanges(flat, groups) };
}

function expectSame(rows: readonly Mixed[]) {
  const { points, ranges } = expanded(rows);
  const { data } = pairwiseDistances(points, { metric: { name: 'gower', ranges } });
  for (let a = 0; a < rows.length; a++) {
    for (let b = 0; b < rows.length; b++) expect(data[a * rows.length + b]).toBeCloseTo(naive(rows, a, b), 12);
  }
}

it('numbers and categories together are the mean over the variables', () => {
  const rng = new Rng(31);
  for (let t = 0; t < 20; t++) {
    expectSame(
      Array.from({ length: 12 }, () => [
        1000 * rng.normal(),
        `colour ${rng.integer(4)}`,
        rng.integer(3),
        `site ${rng.integer(2)}`,
      ]),
    );
  }
});

it('categories alone are the share that differs, and constant columns add nothing', () => {
  expectSame([
    ['a', 'x', 5],
    ['b', 'x', 5],
    ['a', 'y', 5],
    ['c', 'x', 5],
  ]);
  expectSame([
    ['a', 'x'],
    ['b', 'y'],
    ['a', 'y'],
  ]);
});

it('by hand: ages 20 and 40 of 20 to 60, another colour, and the same size', () => {
  const rows: Mixed[] = [
    [20, 'red', 'big'],
    [40, 'blue', 'big'],
    [60, 'red', 'small'],
  ];
  const { points, ranges } = expanded(rows);
  const { data } = pairwiseDistances(points, { metric: { name: 'gower', ranges } });
  expect(data[1]).toBeCloseTo((0.5 + 1 + 0) / 3, 12);
  expect(data[2]).toBeCloseTo((1 + 0 + 1) / 3, 12);
});
