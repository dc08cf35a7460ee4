import * as lens from '../../src/index.js';

/** Results of other functions: shaped like a result, and not the one that is wanted. */
function wrongResults(): readonly (readonly [string, unknown])[] {
  const points = [[0], [1], [5], [6]];
  const labels = ['a', 'a', 'b', 'b'];
  return [
    ['a silhouette result', lens.silhouette(points, labels)],
    ['a Davies-Bouldin result', lens.daviesBouldin(points, labels)],
    ['a class balance', lens.classBalance(labels)],
    ['signatures', lens.signatures(points, labels)],
    ['signature distances', lens.signatureDistances(points, labels, { permutations: 0 })],
    ['a confusability', lens.confusability(points, labels)],
    ['a dataset', lens.dataset(points, labels)],
  ];
}

/** Values that no function asks for, each with its name. */
export function junk(): readonly (readonly [string, unknown])[] {
  return [
    ['undefined', undefined],
    ['null', null],
    ['{}', {}],
    ['an object without prototype', Object.create(null)],
    ['[]', []],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
    ['-1', -1],
    ['1.5', 1.5],
    ['1e300', 1e300],
    ['true', true],
    ['a bigint', 10n],
    ['an empty text', ''],
    ['a text', 'abc'],
    ['a String object', new String('abc')],
    ['a symbol', Symbol('junk')],
    ['a function', () => 1],
    ['a promise', Promise.resolve(1)],
    ['a Map', new Map([['a', 1]])],
    ['a Set', new Set([1])],
    ['a date', new Date(0)],
    ['an error', new Error('junk')],
    ['a sparse array', Object.assign(new Array(2), { 1: 1 })],
    ['an array of nothing', new Array(3)],
    ['[[]]', [[]]],
    ['[[], []]', [[], []]],
    ['[null]', [null]],
    ['[{}]', [{}, {}]],
    ['[symbol]', [Symbol('junk')]],
    ['[[NaN]]', [[Number.NaN]]],
    ["[['x']]", [['x']]],
    ['[[[1]]]', [[[1]]]],
    ['[1, 2]', [1, 2]],
    [
      '[[1, 2], [3, 4]]',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['an empty Float64Array', new Float64Array(0)],
    ['a Float64Array with NaN', Float64Array.of(1, Number.NaN)],
    ['a Uint8Array', Uint8Array.of(1, 2, 3)],
    ['a BigInt64Array', BigInt64Array.of(1n, 2n)],
    ['an ArrayBuffer', new ArrayBuffer(8)],
    ['{ length: 2 }', { length: 2 }],
    ['{ length: -1 }', { length: -1 }],
    ['{ length: 1e15 }', { length: 1e15 }],
    ['{ data, rows, columns } of nothing', { data: null, rows: 1, columns: 1 }],
    ['{ data, rows, columns } that do not fit', { data: [1], rows: 2, columns: 2 }],
    ['{ data, shape } of nothing', { data: null, shape: null }],
    ...wrongResults(),
  ];
}
