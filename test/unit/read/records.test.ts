import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { load, messageOf, rowsOf, scratch } from '../cli/scratch.js';

const file = scratch();

describe('JSON', () => {
  it('reads an array of objects, with names that some leave out and lists', async () => {
    const data = await load(file('rows.json', '\uFEFF[{"v":[1,2],"label":"frío"},{"v":[3,4],"label":"b","extra":5}]'), {
      features: 'v',
    });
    expect(rowsOf(data)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(data.columns).toEqual(['v[0]', 'v[1]']);
    expect(data.labels).toEqual(['frío', 'b']);
  });

  it('reads points with labels', async () => {
    const data = await load(file('points.json', '{"points":[[1,2],[3,4]],"labels":[0,"1"]}'));
    expect(rowsOf(data)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(data.labels).toEqual([0, 1]);
    expect(await messageOf(load(file('short.json', '{"points":[[1,2],[3,4]],"labels":[0]}')))).toMatch(
      /got 2 rows and 1 labels/,
    );
  });

  it('counts null as missing, and says where lists differ in length', async () => {
    expect(await messageOf(load(file('null.json', '[{"x":1,"label":"a"},{"x":null,"label":"b"}]')))).toMatch(
      /^not-finite: .*first at row 2, column 'x' \(null\)/,
    );
    expect(await messageOf(load(file('lists.json', '[{"v":[1,2],"label":"a"},{"v":[3],"label":"b"}]')))).toMatch(
      /'v' must hold as many values in every row as in the first \(2\), got 1 in row 2/,
    );
  });

  it('says what and where when it is no JSON, or no table', async () => {
    expect(await messageOf(load(file('broken.json', '[{"x":1,}]')))).toMatch(/^malformed-file: .*must be JSON/);
    expect(await messageOf(load(file('number.json', '3')))).toMatch(/an array of objects/);
    expect(await messageOf(load(file('mixed.json', '[{"x":1,"label":"a"},4]')))).toMatch(/got 4 in row 2/);
  });
});

describe('JSONL', () => {
  it('reads one object per line, and passes over empty ones', async () => {
    const data = await load(file('rows.jsonl', '{"x":1,"label":true}\r\n\r\n{"label":false,"x":2}\n'));
    expect(rowsOf(data)).toEqual([[1], [2]]);
    expect(data.labels).toEqual([true, false]);
  });

  it('names the line that is no JSON', async () => {
    expect(await messageOf(load(file('broken.jsonl', '{"x":1,"label":"a"}\n\n{"x":\n')))).toMatch(
      /line 3 must be JSON/,
    );
    expect(await messageOf(load(file('empty.jsonl', '\n')))).toMatch(/at least one row/);
  });
});

describe('Parquet', () => {
  const labels = ['frío', 'b', 'frío'];

  it('reads flat columns of any number type', async () => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'x', data: [1.5, 2.5, -3], type: 'DOUBLE' },
        { name: 'big', data: [1n, 2n, 3n], type: 'INT64' },
        { name: 'label', data: labels, type: 'STRING' },
      ],
    });
    const data = await load(file('flat.parquet', new Uint8Array(buffer)), { features: 'x,big' });
    expect(rowsOf(data)).toEqual([
      [1.5, 1],
      [2.5, 2],
      [-3, 3],
    ]);
    expect(data.labels).toEqual(labels);
  });

  it('reads a column of lists', async () => {
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'text', data: labels },
        {
          name: 'values',
          data: [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        },
      ],
      schema: [
        { name: 'root', num_children: 2 },
        { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        { name: 'values', repetition_type: 'REQUIRED', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', type: 'DOUBLE', repetition_type: 'REQUIRED' },
      ],
    });
    const data = await load(file('list.parquet', new Uint8Array(buffer)));
    expect(rowsOf(data)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(data.labelsFrom).toBe("column 'text'");
  });

  it('says so when it is none', async () => {
    expect(await messageOf(load(file('fake.parquet', 'x,label\n1,a\n')))).toMatch(/^malformed-file: .*must be Parquet/);
  });
});
