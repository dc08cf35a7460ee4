import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { noiseLabelOf } from '../../../src/cli/noise-label.js';
import type { Label } from '../../../src/core/types.js';
import { classBalance } from '../../../src/imbalance/class-balance.js';
import { parseExactly } from '../../../src/read/exact-json.js';
import { labelOf } from '../../../src/read/label-values.js';
import { bytesText, dayText, decimalCell, momentText } from '../../../src/read/parquet-values.js';
import { load, messageOf, scratch } from '../cli/scratch.js';

const file = scratch();
const IDS = ['1234567890123456701', '1234567890123456702', '1234567890123456999'];

/** An NPY file with one dimension. */
function npy(type: string, values: ArrayBuffer, count: number): Uint8Array {
  const header = `{'descr': '${type}', 'fortran_order': False, 'shape': (${count},), }`.padEnd(117).concat('\n');
  return Buffer.concat([
    Buffer.from('\x93NUMPY\x01\x00', 'latin1'),
    Buffer.of(118, 0),
    Buffer.from(header, 'latin1'),
    Buffer.from(values),
  ]);
}

const POINTS = () => file('points.csv', 'x\n1\n2\n3\n');
const withLabels = (name: string, content: string | Uint8Array) => load(POINTS(), { labels: file(name, content) });

describe('a label is what the file has', () => {
  it('text is a number only where the number gives it back', () => {
    for (const text of ['1', '-1', '0', '0.5', '-2.25', '9007199254740991', '1e-7']) {
      expect(labelOf(text), text).toBe(Number(text));
    }
    const kept = ['1.10', '007', '1e3', '+1', '-0', '1.', '.5', '0x1f', 'Infinity', ' 1', '9007199254740993', '1e+300'];
    for (const text of [...kept, ...IDS]) expect(labelOf(text), text).toBe(text);
  });

  it('two texts are two labels, and a label prints as its text', () => {
    const text = fc.oneof(
      fc.string(),
      fc.double().map(String),
      fc.bigInt().map(String),
      fc.stringMatching(/^-?\d+\.\d+0$/),
    );
    fc.assert(fc.property(text, (any) => void expect(String(labelOf(any))).toBe(any)));
  });

  it.each([
    ['csv', `x,label\n${IDS.map((id, i) => `${i},${id}`).join('\n')}\n`],
    ['tsv', `x\tlabel\n${IDS.map((id, i) => `${i}\t${id}`).join('\n')}\n`],
    ['json', `[${IDS.map((id, i) => `{"x": ${i}, "label": ${id}}`).join(', ')}]`],
    ['jsonl', IDS.map((id, i) => `{"x": ${i}, "label": ${id}}`).join('\n')],
  ])('integers beyond 2^53 stay apart in %s', async (extension, content) => {
    const { labels } = await load(file(`ids.${extension}`, content));
    expect(labels).toEqual(IDS);
    expect(classBalance(labels).k).toBe(3);
  });

  it('integers beyond 2^53 stay apart in points and labels of JSON, Parquet, NPY and files of labels', async () => {
    const ids = IDS.map(BigInt);
    const pair = `{"points": [[1], [2], [3]], "labels": [${IDS.join(', ')}]}`;
    expect((await load(file('pair.json', pair))).labels).toEqual(IDS);
    const columns = [
      { name: 'x', data: [1, 2, 3] },
      { name: 'label', data: ids, type: 'INT64' as const },
    ];
    const parquet = new Uint8Array(parquetWriteBuffer({ columnData: columns }));
    expect((await load(file('ids.parquet', parquet))).labels).toEqual(ids);
    expect((await withLabels('i8.npy', npy('<i8', BigInt64Array.from(ids).buffer, 3))).labels).toEqual(ids);
    expect((await withLabels('u8.npy', npy('<u8', BigUint64Array.from(ids).buffer, 3))).labels).toEqual(ids);
    expect((await withLabels('ids.txt', IDS.join('\n'))).labels).toEqual(IDS);
    expect((await withLabels('small.npy', npy('<i8', BigInt64Array.of(-1n, 0n, 5n).buffer, 3))).labels).toEqual([
      -1, 0, 5,
    ]);
  });

  it('space belongs to a label, and labels that look the same are said to be two', async () => {
    const rows = ['cat', 'cat ', ' cat', '"cat "'];
    const apart = ['cat', 'cat ', ' cat', 'cat '];
    const csv = await load(file('space.csv', `x,y,label\n${rows.map((row) => `1,2,${row}`).join('\n')}\n`));
    const tsv = await load(file('space.tsv', `x\ty\tlabel \n${rows.map((row) => `1\t 2 \t${row}`).join('\n')}\n`));
    for (const { labels, reading } of [csv, tsv]) {
      expect(labels).toEqual(apart);
      expect(reading.notes).toHaveLength(2);
      expect(reading.notes[0]).toMatch(/^the labels "cat" and "cat " look the same and are two classes/);
    }
    expect((await withLabels('space.txt', 'cat\ncat \r\n cat\n \n')).labels).toEqual(['cat', 'cat ', ' cat']);
    const accents = await load(file('accents.json', '[{"x": 1, "label": "\u00e9"}, {"x": 2, "label": "e\u0301"}]'));
    expect(accents.reading.notes).toEqual([expect.stringContaining('look the same')]);
    expect((await load(file('case.csv', 'x,label\n1,a\n2,A\n3,a\n'))).reading.notes).toEqual([]);
  });

  it('space behind every delimiter of the first line is layout', async () => {
    const padded = await load(file('padded.csv', 'x, y, label\n1, 2, cat\n2, 3, "cat"\n3, 4 ,dog\n'));
    expect(padded.labels).toEqual(['cat', 'cat', 'dog']);
    const quoted = await load(file('quoted.csv', 'x,y,label\n1, 2, "cat"\n2, 3, cat\n'));
    expect(quoted.labels).toEqual(['cat', 'cat']);
    const odd = load(file('odd.csv', 'x,y,label\n1,2,cat\n2, 3, "cat"\n'));
    expect(await messageOf(odd)).toMatch(/with no space beside them/);
  });

  it('does not depend on the other rows', async () => {
    const { labels } = await load(file('mixed.csv', 'x,label\n1,1\n2,007\n3,b\n4,1.10\n5,1.1\n'));
    expect(labels).toEqual([1, '007', 'b', '1.10', 1.1]);
  });

  it('text of NumPy keeps a zero inside, and loses those at its end', async () => {
    const bytes = new TextEncoder().encode('a\0b\0ab\0\0ab\0\0').buffer;
    expect((await withLabels('s.npy', npy('|S4', bytes, 3))).labels).toEqual(['a\0b', 'ab', 'ab']);
  });

  it('characters that are no UTF-8 are refused: two labels may have become one', async () => {
    const latin = Buffer.from('x,label\n1,caf\xe9\n2,caf\xe8\n', 'latin1');
    expect(await messageOf(load(file('latin.csv', latin)))).toMatch(/labels must be UTF-8, got "caf\uFFFD"/);
    expect(await messageOf(withLabels('latin.txt', latin))).toMatch(/labels must be UTF-8/);
  });
});

describe('numbers of JSON', () => {
  it('come as text where a double would lose digits, and only there', () => {
    const text =
      '{"a": 1234567890123456701, "b": [0.1, -12345678901234567890, 9007199254740991, 1e400], "1234567890123456701": "1234567890123456701, \\" 1234567890123456702"}';
    expect(parseExactly(text)).toEqual({
      a: '1234567890123456701',
      b: [0.1, '-12345678901234567890', 9007199254740991, Infinity],
      '1234567890123456701': '1234567890123456701, " 1234567890123456702',
    });
    const floats = '[0.30000000000000004, 1.2345678901234567e-05, 5.773613124496141e+139]';
    expect(parseExactly(floats)).toEqual(JSON.parse(floats));
    expect(parseExactly('[0.12345678901234567890, 0.12345678901234567891]')).toEqual([
      '0.12345678901234567890',
      '0.12345678901234567891',
    ]);
  });

  it('what is no JSON stays none', () => {
    for (const text of [
      '{1234567890123456701: 1}',
      '[01234567890123456789]',
      '[1234567890123456701.]',
      '[1234567890123456701 1]',
    ]) {
      expect(() => parseExactly(text), text).toThrow(SyntaxError);
    }
  });

  it('any value comes as JSON.parse gives it, where nothing is lost', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), (text) => {
        const asNumbers = (_: string, value: unknown) =>
          typeof value === 'string' && /^-?\d{16,}$/.test(value) ? Number(value) : value;
        const [ours, theirs] = [parseExactly(text), JSON.parse(text)].map((value) => JSON.stringify(value, asNumbers));
        expect(ours).toBe(theirs);
      }),
    );
  });
});

describe('values of Parquet', () => {
  it('decimals, days, moments and bytes keep what they are', () => {
    expect(decimalCell(1250n, 2)).toBe(12.5);
    expect(decimalCell(-5, 3)).toBe(-0.005);
    expect(decimalCell(1234567890123456701n, 0)).toBe('1234567890123456701');
    expect(decimalCell(-1234567890123456701n, 4)).toBe('-123456789012345.6701');
    expect(decimalCell(Uint8Array.of(0xff, 0xfe), 1)).toBe(-0.2);
    expect(dayText(19782)).toBe('2024-02-29');
    expect(momentText(1709208000000n, 1000n)).toBe('2024-02-29T12:00:00.000Z');
    expect(momentText(1709208000000001n, 1_000_000n)).toBe('2024-02-29T12:00:00.000001Z');
    expect(momentText(-1n, 1_000_000_000n)).toBe('1969-12-31T23:59:59.999999999Z');
    expect(bytesText(new TextEncoder().encode('frío'))).toBe('frío');
    expect(bytesText(Uint8Array.of(0xff, 1))).toBe('0xff01');
    expect(bytesText(Uint8Array.of(0xfe, 1))).not.toBe(bytesText(Uint8Array.of(0xff, 1)));
  });

  it('come through the reader', async () => {
    const moments = [1n, 2n, 3n];
    const columnData = [
      { name: 'x', data: [1, 2, 3] },
      { name: 'yes', data: [true, false, true] },
      { name: 'moment', data: moments },
      { name: 'price', data: [1234567890123456701n, 1234567890123456702n, 5n] },
      { name: 'bytes', data: [Uint8Array.of(0xff), Uint8Array.of(0xfe), Uint8Array.of(0x61)] },
    ];
    const schema = [
      { name: 'root', num_children: 5 },
      { name: 'x', type: 'DOUBLE' as const, repetition_type: 'REQUIRED' as const },
      { name: 'yes', type: 'BOOLEAN' as const, repetition_type: 'REQUIRED' as const },
      {
        name: 'moment',
        type: 'INT64' as const,
        repetition_type: 'REQUIRED' as const,
        logical_type: { type: 'TIMESTAMP' as const, isAdjustedToUTC: true, unit: 'NANOS' as const },
      },
      {
        name: 'price',
        type: 'INT64' as const,
        converted_type: 'DECIMAL' as const,
        scale: 2,
        precision: 19,
        repetition_type: 'REQUIRED' as const,
      },
      { name: 'bytes', type: 'BYTE_ARRAY' as const, repetition_type: 'REQUIRED' as const },
    ];
    const path = file('kinds.parquet', new Uint8Array(parquetWriteBuffer({ columnData, schema })));
    const labelsOf = async (label: string) => (await load(path, { label, features: 'x' })).labels;
    expect(await labelsOf('yes')).toEqual([true, false, true]);
    expect(await labelsOf('moment')).toEqual(moments.map((n) => `1970-01-01T00:00:00.00000000${n}Z`));
    expect(await labelsOf('price')).toEqual(['12345678901234567.01', '12345678901234567.02', 0.05]);
    expect(await labelsOf('bytes')).toEqual(['0xff', '0xfe', 'a']);
  });
});

describe('missing labels', () => {
  const words = ['', 'NA', 'n/a', 'Null', 'NONE', 'nan', '<NA>', '#N/A', ' none ', '?'];

  it.each(words)('%j is missing, as a label and as a number', async (word) => {
    const text = `x,label\n1,a\n"${word}",b\n3,"${word}"\n4,b\n`;
    const data = await load(file('words.csv', text), { dropMissing: true });
    expect(data.labels).toEqual(['a', 'b']);
    expect(data.reading).toMatchObject({ rows: 4, dropped: 2, unlabelled: 1 });
    expect(data.reading.notes[0]).toMatch(/^dropped 2 of 4 rows with missing values \(1 without a label\)/);
    expect(await messageOf(load(file('words.csv', text)))).toMatch(/2 missing in 2 of 4 rows .*--drop-missing/);
  });

  it('a word may be the name of a class: the error says how, and then it is one', async () => {
    const path = file('states.csv', 'x,label\n1,NA\n2,ZA\n3,NA\n4,\nNA,ZA\n');
    expect(await messageOf(load(path))).toMatch(/if 'NA' is the name of a class, say --literal-labels$/);
    const data = await load(path, { literalLabels: true, dropMissing: true });
    expect(data.labels).toEqual(['NA', 'ZA', 'NA']);
    expect(data.reading).toMatchObject({ rows: 5, dropped: 2, unlabelled: 1 });
    expect(await messageOf(load(file('empty.csv', 'x,label\n1,a\n2,\n')))).not.toMatch(/literal/);
  });

  it('are the same in a file of labels', async () => {
    const points = file('four.csv', 'x\n1\n2\n3\n4\n');
    for (const [name, content] of [
      ['l.txt', 'a\nNone\n\nb\n'],
      ['l.csv', 'label\na\nNone\n""\nb\n'],
      ['l.json', '[{"label": "a"}, {"label": "None"}, {"label": null}, {"label": "b"}]'],
    ] as const) {
      const labels = file(name, content);
      expect(await messageOf(load(points, { labels })), name).toMatch(
        /^missing-label: .*got 2 missing among 4, the first for row 2; .*--drop-missing; if 'None' is the name/,
      );
      const data = await load(points, { labels, dropMissing: true });
      expect(data.labels, name).toEqual(['a', 'b']);
      expect(Array.from(data.points.data)).toEqual([1, 4]);
      expect(data.reading, name).toMatchObject({ rows: 4, dropped: 2, unlabelled: 2 });
      const kept = await load(points, { labels, dropMissing: true, literalLabels: true });
      expect(kept.labels, name).toEqual(['a', 'None', 'b']);
    }
  });

  it('are null in JSON and Parquet, and NaN in NPY', async () => {
    const json = file('null.json', '[{"x": 1, "label": 1}, {"x": 2, "label": null}, {"x": 3, "label": 2}]');
    expect((await load(json, { dropMissing: true })).labels).toEqual([1, 2]);
    const columnData = [
      { name: 'x', data: [1, 2, 3] },
      { name: 'label', data: ['a', null, 'b'] },
    ];
    const parquet = file('null.parquet', new Uint8Array(parquetWriteBuffer({ columnData })));
    expect((await load(parquet, { dropMissing: true })).labels).toEqual(['a', 'b']);
    const labels = file('nan.npy', npy('<f8', Float64Array.of(1, Number.NaN, 2).buffer, 3));
    const data = await load(POINTS(), { labels, dropMissing: true });
    expect(data.labels).toEqual([1, 2]);
    expect(data.reading.unlabelled).toBe(1);
  });
});

describe('--noise-label', () => {
  const notes: string[] = [];
  const named = (text: string, labels: Label[]) => noiseLabelOf(text, labels, { note: (note) => notes.push(note) });

  it('names a label by its text', () => {
    expect(named('-1', [-1, 0, 1])).toBe(-1);
    expect(named('-1', ['-1', 'a'])).toBe('-1');
    expect(named('1234567890123456701', [1234567890123456701n])).toBe(1234567890123456701n);
    expect(named('true', [true, false])).toBe(true);
  });

  it('is an error where the labels write it otherwise, and a note where they do not have it', () => {
    expect(() => named('-1', ['-1.0', 'a'])).toThrow(/got '-1', and the labels have '-1.0'; write --noise-label -1.0$/);
    expect(() => named('noise', ['Noise', 'a'])).toThrow(/the labels have 'Noise'/);
    expect(named('-1', [0, 1])).toBeUndefined();
    expect(named('nosie', ['noise', 'a'])).toBeUndefined();
    expect(notes).toEqual([
      "no row has the noise label '-1'",
      "no row has the noise label 'nosie'; did you mean 'noise'?",
    ]);
  });
});
