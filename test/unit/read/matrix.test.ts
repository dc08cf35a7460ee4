import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Label } from '../../../src/core/types.js';
import { type ReadTable, type ReadTableOptions, readTable } from '../../../src/read/index.js';
import { fixture } from '../../support/fixture.js';
import { messageOf } from '../cli/scratch.js';

/** One table, as pandas, numpy, scikit-learn and pyarrow write it: scripts/fixtures/read_files.py, read_arrow_files.py. */
const path = (name: string) => fileURLToPath(new URL(`../../golden/fixtures/read/${name}`, import.meta.url));
const about = fixture<{ points: number[][]; labels: string[]; condensed: number[] }>('read/about');

const CODES: Readonly<Record<string, number>> = { ant: 0, bée: 1, cat: 2 };
const codes = about.labels.map((name) => CODES[name]!);
const numbersOf = (labels: readonly Label[]) =>
  labels.map((label) => (typeof label === 'number' ? label : CODES[String(label)]));

const rowsOf = ({ points: { data, rows, columns } }: ReadTable) =>
  Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => data[i * columns + j]!));

const elsewhere = (name: string): ReadTableOptions => ({ labels: path(name) });

/** File, options, and columns of the points where they are not x, y, z; all give the same points and labels. */
const SAME: readonly (readonly [string, ReadTableOptions?, string?])[] = [
  ...['last.csv', 'first.csv', 'last.tsv', 'comma.csv', 'bar.csv', 'quoted.csv', 'utf16.csv', 'mark.csv'].map(
    (name) => [name] as const,
  ),
  ...['last.csv.gz', 'last.csv.zst', 'last.tsv.zst', 'records.json.zst', 'last.jsonl.gz', 'last.jsonl.zst'].map(
    (name) => [name] as const,
  ),
  ['headless.csv', { header: false }, 'column_1,column_2,column_3'],
  ...['labels.csv', 'zero.csv', 'labels.txt', 'labels.npy', 'labels.npz', 'codes.npy'].map(
    (labels) => ['points.csv', elsewhere(labels)] as const,
  ),
  ...['records', 'columns', 'index', 'split', 'table'].map((orient) => [`${orient}.json`] as const),
  ['first.json'],
  ['last.jsonl'],
  ['values.json', {}, 'x[0],x[1],x[2]'],
  ['values.json', { orient: 'values' }, 'x[0],x[1],x[2]'],
  ['columns.json', { orient: 'columns' }],
  ...['lists.csv', 'printed.csv', 'lists.parquet', 'lists.feather'].map(
    (name) => [name, {}, 'v[0],v[1],v[2]'] as const,
  ),
  ...['none', 'snappy', 'gzip', 'zstd', 'lz4', 'brotli', 'first', 'plain'].map((name) => [`${name}.parquet`] as const),
  ['points.parquet', elsewhere('labels.txt')],
  ...['uncompressed', 'lz4', 'zstd'].map((name) => [`${name}.feather`] as const),
  ['last.arrow'],
  ['stream.arrows'],
  ['points.feather', elsewhere('labels.npy')],
  ...['points.npy', 'points-fortran.npy', 'points-big.npy', 'points.npy.zst'].map(
    (name) => [name, elsewhere('labels.npy'), 'x0,x1,x2'] as const,
  ),
  ['both.npz', {}, 'x0,x1,x2'],
  ['both-compressed.npz', { points: 'X', label: 'y' }, 'x0,x1,x2'],
  ['several.npz', { points: 'train', label: 'z' }, 'x0,x1,x2'],
  ['both.npz', elsewhere('labels.csv'), 'x0,x1,x2'],
  ...['rows.libsvm', 'rows.libsvm.zst'].map((name) => [name, {}, 'x1,x2,x3'] as const),
  ['from-zero.svm', {}, 'x0,x1,x2'],
  ['from-zero.svm', elsewhere('labels.txt'), 'x0,x1,x2'],
];

describe('one table in every format and dialect', () => {
  const cases = SAME.map(([name, options = {}, columns = 'x,y,z']) => ({ name, options, columns }));
  it.each(cases)('$name $options', async ({ name, options, columns }) => {
    const features = options.labels !== undefined && /svm$/.test(name) ? { features: 'x*' } : {};
    const read = await readTable(path(name), { ...features, ...options });
    expect(read.columns.join(',')).toBe(columns);
    expect(rowsOf(read)).toEqual(about.points);
    expect(numbersOf(read.labels!)).toEqual(codes);
    expect([read.rows, read.dropped]).toEqual([12, 0]);
  });

  it('has labels that are text where the file has text', async () => {
    for (const name of ['last.csv', 'utf16.csv', 'table.json', 'lz4.parquet', 'lz4.feather', 'both.npz']) {
      expect((await readTable(path(name))).labels, name).toEqual(about.labels);
    }
  });
});

describe('the same bytes from anywhere', () => {
  const bytes = (name: string) => new Uint8Array(readFileSync(path(name)));
  const inPieces = (name: string, length: number) => {
    const whole = bytes(name);
    return new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < whole.length; at += length) controller.enqueue(whole.slice(at, at + length));
        controller.close();
      },
    });
  };

  it.each([
    'last.csv',
    'utf16.csv',
    'last.csv.gz',
    'last.csv.zst',
    'last.jsonl',
    'zstd.parquet',
    'lz4.feather',
    'both.npz',
  ])('%s as bytes, a buffer, a blob, a file and a stream in small pieces', async (name) => {
    const inputs = [
      bytes(name),
      bytes(name).buffer,
      new Blob([bytes(name)]),
      new File([bytes(name)], name),
      inPieces(name, 7),
    ];
    for (const input of inputs) {
      const read = await readTable(input, input instanceof File ? {} : { name });
      expect(rowsOf(read)).toEqual(about.points);
      expect(read.labels).toEqual(about.labels);
    }
  });

  it('without a name need a format', async () => {
    expect(await messageOf(readTable(bytes('last.csv')))).toMatch(
      /^unknown-name: readTable: the data: needs its format, got none; say format csv, /,
    );
    expect((await readTable(bytes('last.csv'), { format: 'csv' })).rows).toBe(12);
    expect(await messageOf(readTable(3 as never))).toMatch(/needs a path, a Blob, a Uint8Array or a ReadableStream/);
  });
});

describe('columns that need care', () => {
  it.each(['kinds.feather', 'kinds.parquet'])(
    '%s: halves, fixed lists, gaps, large integers, days, moments, decimals',
    async (name) => {
      const labelled = (label: string) => readTable(path(name), { label, features: 'half,fixed' });
      const { points, labels } = await labelled('day');
      expect(points.columns).toBe(3);
      expect(rowsOf({ points } as ReadTable).map((row) => row.slice(1))).toEqual(
        about.points.map((row) => row.slice(0, 2)),
      );
      expect(labels).toEqual(Array.from({ length: 12 }, (_, i) => (i < 6 ? '2024-02-27' : '2024-02-28')));
      expect(new Set((await labelled('big')).labels)).toEqual(new Set([2n ** 62n, 2n ** 62n + 1n, 2n ** 62n + 2n]));
      expect(new Set((await labelled('price')).labels)).toEqual(new Set([1.25, -0.5]));
      expect(new Set((await labelled('moment')).labels)).toEqual(
        new Set(['2024-02-29T12:00:00.000250Z', '2024-02-29T12:00:01.000250Z']),
      );
      expect((await labelled('flag')).labels[0]).toBe(true);
      expect((await labelled('name')).labels).toEqual(about.labels);
      expect(await messageOf(readTable(path(name), { label: 'name', features: 'gap' }))).toMatch(
        /got 1 missing in 1 of 12 rows \(gap: 1\), the first at row 5/,
      );
    },
  );

  it.each(['long-lz4.feather', 'long-zstd.feather', 'long.parquet'])(
    '%s: 30,000 rows in several blocks or groups',
    async (name) => {
      const { points, labels, columns } = await readTable(path(name));
      expect([points.rows, columns.join()]).toEqual([30_000, 'x,y']);
      const wrong = labels.findIndex(
        (label, i) =>
          label !== `c${i % 3}` || points.data[2 * i] !== ((i * 37) % 1000) / 8 || points.data[2 * i + 1] !== i % 251,
      );
      expect(wrong).toBe(-1);
    },
  );

  it('vectors that numpy printed over several lines', async () => {
    const { points, columns } = await readTable(path('broken.csv'));
    expect(columns).toHaveLength(24);
    expect(Array.from(points.data as Float64Array).slice(24, 30)).toEqual([7.25, -19.5, 2.9985, 7.25, -19.5, 2.9985]);
  });

  it('distances above the diagonal, as scipy gives them', async () => {
    const { points, labels } = await readTable(path('condensed.npy'), { ...elsewhere('labels.npy'), condensed: true });
    expect([points.rows, points.columns]).toEqual([12, 12]);
    expect(Array.from(points.data as Float64Array).slice(1, 12)).toEqual(about.condensed.slice(0, 11));
    expect(labels).toEqual(about.labels);
    const text = new TextEncoder().encode(`distance\n${about.condensed.join('\n')}\n`);
    const options = { format: 'csv', condensed: true, label: null } as const;
    expect((await readTable(text, options)).points).toEqual(points);
    const short = new TextEncoder().encode('distance\n1\n2\n');
    expect(await messageOf(readTable(short, options))).toMatch(/not-square: .*n \(n - 1\) \/ 2 values, got 2/);
  });

  it('points alone', async () => {
    const { points, labels, labelsFrom } = await readTable(path('points.csv'), { label: null });
    expect([points.rows, points.columns, labels, labelsFrom]).toEqual([12, 3, null, null]);
  });

  it('rows with gaps, left out when asked to', async () => {
    const read = await readTable(path('gaps.csv'), { dropMissing: true });
    expect([read.points.rows, read.rows, read.dropped]).toEqual([11, 12, 1]);
    expect(read.places.rows.slice(3, 6)).toEqual([5, 7, 8]);
  });
});

describe('what is refused, with the sentence that helps', () => {
  it.each<[string, ReadTableOptions, RegExp]>([
    ['points.csv', {}, /missing-label: .*needs a column of labels/],
    ['points.parquet', {}, /missing-label: .*needs a column of labels/],
    ['points.feather', {}, /missing-label: .*needs a column of labels/],
    ['points.npy', {}, /missing-label: .*needs a column of labels/],
    ['gaps.csv', {}, /not-finite: .*got 1 missing in 1 of 12 rows \(y: 1\), the first at line 6, column 'y'/],
    [
      'several.npz',
      {},
      /needs the name of the array of the points, as points: 'NAME' \(arrays are 'train' \(12 x 3\), 'test' \(6 x 3\)/,
    ],
    ['several.npz', { points: 'X' }, /readTable: .*points must name an array, got 'X' \(arrays are 'train'/],
    ['several.npz', { points: 'train' }, /needs a column of labels/],
    [
      'several.npz',
      { points: 'test', label: 'y' },
      /'y' must hold one label for each of the 6 rows of 'test', got shape \(12\)/,
    ],
    ['condensed.npy', elsewhere('labels.npy'), /two-dimensional array \(rows, columns\), got shape \(66\)/],
    [
      'shortened.csv',
      {},
      /'v' in line 2 must hold a whole vector, got .* which numpy has shortened; save vector\.tolist\(\)/,
    ],
    ['records.json', { orient: 'split' }, /an object with columns and data as pandas writes with orient='split'/],
    ['points.csv', elsewhere('codes.npy.none'), /no such file/],
    ['last.csv', { format: 'parquet' }, /must be Parquet/],
    ['last.csv', { format: 'arrow' }, /must be Arrow IPC or Feather 2/],
    ['last.csv', { format: 'npz' }, /must be an archive of numpy\.savez/],
    ['last.csv', { format: 'libsvm' }, /must hold pairs such as 3:0\.5 behind the labels, got none/],
    ['last.csv', { format: 'arff' }, /line 1 must be @relation, @attribute, @data or a comment/],
    ['last.parquet', {}, /did you mean/],
  ])('%s %j', async (name, options, message) => {
    expect(await messageOf(readTable(path(name), options))).toMatch(message);
  });

  it('objects in an object whose names do not tell which are rows', async () => {
    const text = new TextEncoder().encode('{"a":{"p":1,"q":2},"b":{"p":3,"q":4}}');
    expect(await messageOf(readTable(text, { format: 'json', label: null }))).toMatch(
      /say orient columns or orient index/,
    );
    const read = await readTable(text, { format: 'json', label: null, orient: 'index' });
    expect(read.columns).toEqual(['p', 'q']);
    expect(rowsOf(read)).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
