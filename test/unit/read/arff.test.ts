import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/read/index.js';
import { messageOf } from '../cli/scratch.js';

const read = (text: string, label?: string) =>
  readTable(new TextEncoder().encode(text), { name: 'rows.arff', ...(label === undefined ? {} : { label }) });

const HEAD = `% a comment
@RELATION iris

@ATTRIBUTE 'sepal length' REAL
@attribute width numeric
@attribute class {'Iris setosa', virginica}
@data
`;

describe('ARFF', () => {
  it('reads attributes, quotes of both kinds, comments, and a question mark as missing', async () => {
    const { columns, points, labels } = await read(
      `${HEAD}5.1, 3.5, 'Iris setosa'\n% no row\n\n4.9,3e-1,"virginica"\n`,
    );
    expect(columns).toEqual(['sepal length', 'width']);
    expect(Array.from(points.data as Float64Array)).toEqual([5.1, 3.5, 4.9, 0.3]);
    expect(labels).toEqual(['Iris setosa', 'virginica']);
    expect(await messageOf(read(`${HEAD}5.1,?,virginica\n1,2,virginica\n`))).toMatch(
      /got 1 missing in 1 of 2 rows \(width: 1\), the first at line 8/,
    );
  });

  it('reads sparse rows: what is not written is 0, or the first value of a nominal attribute', async () => {
    const { points, labels } = await read(`${HEAD}{1 2.5, 2 virginica}\n{0 7}\n`);
    expect(Array.from(points.data as Float64Array)).toEqual([0, 2.5, 7, 0]);
    expect(labels).toEqual(['virginica', 'Iris setosa']);
  });

  it.each([
    [`${HEAD}1,2\n`, /line 8 must have one value for each of 3 attributes, got 2/],
    [`${HEAD}{9 1}\n`, /line 8 must have one value for each of 3 attributes, got "\{9 1\}"/],
    ['@relation x\n@attribute y\n@data\n1\n', /line 2 must be '@attribute NAME TYPE'/],
    ['@relation x\n', /must have @data below its attributes/],
  ])('says what is wrong', async (text, message) => {
    expect(await messageOf(read(text))).toMatch(message);
  });
});
