import { tableFromArrays, vectorFromArray } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import type { Points } from '../../../src/core/types.js';
import { dataset, silhouette } from '../../../src/index.js';
import { tensor } from '../../../src/nn/index.js';

const ROWS = [
  [1, 2, 0],
  [3, 0, 4],
  [0, 0, 5],
  [6, 7, 0],
];
const FLAT = ROWS.flat();
const labels = ['a', 'a', 'b', 'b'];
const column = (j: number) => ROWS.map((row) => row[j]!);

const FORMS: Readonly<Record<string, Points>> = {
  'what npyjs gives': { data: Float32Array.from(FLAT), shape: [4, 3], dtype: 'f4', fortranOrder: false } as Points,
  'npyjs in Fortran order': { data: Float64Array.from([0, 1, 2].flatMap(column)), shape: [4, 3], fortranOrder: true },
  'integers of 64 bits': { data: BigInt64Array.from(FLAT, BigInt), shape: [4, 3] },
  'a Tensor of our own': tensor(ROWS),
  'a tensor of tfjs': { shape: [4, 3], dataSync: () => Float32Array.from(FLAT) },
  'sparse rows': {
    indptr: [0, 2, 4, 5, 7],
    indices: [0, 1, 0, 2, 2, 0, 1],
    data: [1, 2, 3, 4, 5, 6, 7],
    shape: [4, 3],
  },
  'a table of Arrow': tableFromArrays({ x: column(0), y: Int32Array.from(column(1)), z: Float32Array.from(column(2)) }),
  'a vector of lists of Arrow': vectorFromArray(ROWS) as never,
};

describe('points as other libraries hold them', () => {
  it.each(Object.entries(FORMS))('%s', (_, points) => {
    expect(Array.from(dataset(points, labels).points)).toEqual(FLAT);
    expect(silhouette(points, labels).score).toBe(silhouette(ROWS, labels).score);
  });

  it.each<[string, unknown, RegExp]>([
    [
      'three dimensions',
      { data: FLAT, shape: [2, 2, 3] },
      /shape-mismatch.*must have the shape \[rows, columns\], got \[2, 2, 3\]/,
    ],
    ['a shape that does not fit', { data: FLAT, shape: [4, 4] }, /length-mismatch.*4 x 4 = 16 values, got 12/],
    ['a flat typed array', Float32Array.from(FLAT), /wrong-type.*pass \{ data, rows, columns \} for a flat array/],
    [
      'sparse columns beyond',
      { indptr: [0, 1, 1, 1, 1], indices: [3], data: [1], shape: [4, 3] },
      /out-of-range.*from 0 to 2, got 3 in row 0/,
    ],
    [
      'sparse rows that do not rise',
      { indptr: [0, 2, 1, 2, 2], indices: [0, 1], data: [1, 1], shape: [4, 3] },
      /out-of-range.*must rise, got 1 behind 2/,
    ],
    [
      'sparse rows too few',
      { indptr: [0, 1], indices: [0], data: [1], shape: [4, 3] },
      /length-mismatch.*5 row starts/,
    ],
    ['text in a table of Arrow', tableFromArrays({ x: ['a', 'b', 'c', 'd'] }), /not-finite/],
  ])('%s: an error with a code', (_, points, message) => {
    let found = '';
    try {
      dataset(points as Points, labels);
    } catch (error) {
      found = `${(error as { code: string }).code}: ${(error as Error).message}`;
    }
    expect(found).toMatch(message);
  });
});

describe('labels as other libraries hold them', () => {
  it.each<[string, unknown, unknown[]]>([
    ['BigInt64Array', BigInt64Array.from([1n, 1n, 2n ** 62n, 2n ** 62n]), [1, 2n ** 62n]],
    ['a vector of Arrow', vectorFromArray(labels), ['a', 'b']],
    ['an array of npyjs', { data: Int32Array.from([0, 0, 7, 7]), shape: [4] }, [0, 7]],
    ['a tensor of tfjs', { shape: [4], dataSync: () => Int32Array.from([3, 3, 4, 4]) }, [3, 4]],
  ])('%s', (_, given, classes) => {
    expect(dataset(ROWS, given as never).classes).toEqual(classes);
  });
});
