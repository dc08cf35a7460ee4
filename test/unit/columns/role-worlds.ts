import { Rng } from '../../../src/core/rng.js';
import { readDataset } from '../../../src/data/dataset.js';
import { columnRoles } from '../../../src/studies/columns/column-roles.js';

/** A column of n rows, of which the classes are known. */
export type MakeColumn = (rng: Rng, labels: readonly number[]) => number[];

const cells = (labels: readonly number[], make: (label: number, i: number) => number) => labels.map(make);
const ascending = (values: number[]) => values.sort((a, b) => a - b);
const walk = (rng: Rng, labels: readonly number[], step: () => number) => {
  let at = 1000 * rng.uniform();
  return cells(labels, () => {
    at += step();
    return at;
  });
};
const distinct = (rng: Rng, n: number, most: number) => {
  const found = new Set<number>();
  while (found.size < n) found.add(1 + rng.integer(most));
  return [...found];
};

/** What measurements look like; none of these may be left out. */
export const ORDINARY: Readonly<Record<string, MakeColumn>> = {
  'real numbers': (rng, labels) => cells(labels, (label) => 2 * label + rng.normal()),
  'two decimals': (rng, labels) => cells(labels, (label) => Math.round(100 * (label + rng.normal())) / 100),
  'rounded to whole numbers': (rng, labels) => cells(labels, (label) => Math.round(50 + 9 * label + 10 * rng.normal())),
  'whole numbers of five digits': (rng, labels) =>
    cells(labels, () => Math.round(40_000 * Math.exp(0.5 * rng.normal()))),
  'whole numbers, any up to a million': (rng, labels) => cells(labels, () => rng.integer(1_000_000)),
  'whole numbers, any up to a thousand': (rng, labels) => cells(labels, () => rng.integer(1000)),
  counts: (rng, labels) => cells(labels, (label) => Math.floor(-(2 + 3 * label) * Math.log(1 - rng.uniform()))),
  'two values': (rng, labels) => cells(labels, (label) => (rng.uniform() < (label === 0 ? 0.9 : 0.2) ? 1 : 0)),
  years: (rng, labels) => cells(labels, () => 1960 + rng.integer(60)),
  'prices, sorted, none twice': (rng, labels) => ascending(distinct(rng, labels.length, 40 * labels.length + 5000)),
  'real numbers, sorted': (rng, labels) => ascending(cells(labels, () => 100 * rng.normal())),
  'a series that drifts': (rng, labels) => walk(rng, labels, () => rng.normal() + 0.2),
  'a counter that rises': (rng, labels) => walk(rng, labels, () => 1 + rng.integer(90)).map(Math.round),
  'times of a steady clock, from 12.5 on': (_, labels) => cells(labels, (_label, i) => 12.5 + 0.25 * i),
  'wavelengths from 400 on': (_, labels) => cells(labels, (_label, i) => 400 + i),
};

/** What names or numbers the rows, with the name that it has where it needs one. */
export const NO_FEATURES: Readonly<Record<string, readonly [name: string, role: string, make: MakeColumn]>> = {
  'rows counted from 0': ['v', 'row-number', (_, labels) => cells(labels, (_label, i) => i)],
  'rows counted from 1': ['v', 'row-number', (_, labels) => cells(labels, (_label, i) => i + 1)],
  'rows counted, in any order': ['v', 'identifier', (rng, labels) => [...rng.shuffle(Int32Array.from(labels.keys()))]],
  'the index of a part of a table': ['Unnamed: 0', 'index', (rng, labels) => distinct(rng, labels.length, 1e6)],
  'an index that starts again': ['', 'index', (_, labels) => cells(labels, (_label, i) => i % 7)],
  'random numbers': ['customer_id', 'identifier', (rng, labels) => distinct(rng, labels.length, 1e8)],
  'users with several rows each': [
    'userId',
    'identifier',
    (rng, labels) => cells(labels, () => 5000 + rng.integer(20)),
  ],
  'postal codes': ['zip', 'identifier', (rng, labels) => cells(labels, () => 10_000 + rng.integer(89_999))],
  'seconds since 1970': [
    'timestamp',
    'date',
    (rng, labels) => walk(rng, labels, () => 3600).map((at) => 1.6e9 + Math.round(at)),
  ],
  'codes of the labels': ['v', 'label-copy', (_, labels) => cells(labels, (label) => 10 - 3 * label)],
  'one value': ['v', 'constant', (_, labels) => cells(labels, () => 4.2)],
  'weights of rows': ['sample_weight', 'weight', (rng, labels) => cells(labels, () => rng.uniform())],
};

/** The role that a column gets among three columns of real numbers. */
export function roleOf(make: MakeColumn, name: string, n: number, k: number, seed: number): string {
  const rng = new Rng(seed);
  const labels = [...rng.shuffle(Int32Array.from({ length: n }, (_, i) => i % k))];
  const column = make(rng, labels);
  const points = column.map((value, i) => [rng.normal() + labels[i]!, value, rng.normal(), rng.normal()]);
  return columnRoles(readDataset('roles', points, labels), ['a', name, 'b', 'c'])[1]!.role;
}
