import { describe, expect, it } from 'vitest';
import { delimiterOf } from '../../../src/read/delimiter-of.js';
import { load, messageOf, rowsOf, scratch } from '../cli/scratch.js';

const file = scratch();

describe('CSV and TSV', () => {
  it('reads numbers and labels, and takes the column called label', async () => {
    const data = await load(file('a.csv', 'x,kind,y,label\n1,u,2.5,a\n-3e2,v,.5,b\n'));
    expect(rowsOf(data)).toEqual([
      [1, 2.5],
      [-300, 0.5],
    ]);
    expect(data.labels).toEqual(['a', 'b']);
    expect(data.columns).toEqual(['x', 'y']);
    expect(data.reading.notes).toEqual(['left out columns of text: \'kind\' ("u" in line 2)']);
  });

  it('takes the only column of text when none is called label', async () => {
    const data = await load(file('species.csv', 'x,species\n1,iris\n2,rose\n'));
    expect(data.labels).toEqual(['iris', 'rose']);
    expect(data.labelsFrom).toBe("column 'species'");
  });

  it('reads a byte order mark, CRLF, quotes, empty lines and accents', async () => {
    const data = await load(
      file(
        'mark.csv',
        '\uFEFF"x","y, z",label\r\n\r\n1,2,"frío"\r\n"3", 4 ,"a ""b"", c"\r\n\r\n5,6,"two\r\nlines"\r\n',
      ),
    );
    expect(data.columns).toEqual(['x', 'y, z']);
    expect(rowsOf(data)).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(data.labels).toEqual(['frío', 'a "b", c', 'two\r\nlines']);
  });

  it('finds semicolons, tabs and bars, and reads 1,5 as a number between semicolons only', async () => {
    const semicolons = await load(file('semi.csv', 'x;y;label\n1,5;-,25;a\n2;3e1;b\n'));
    expect(rowsOf(semicolons)).toEqual([
      [1.5, -0.25],
      [2, 30],
    ]);
    expect(rowsOf(await load(file('tabs.tsv', 'x\ty\tlabel\n\n1\t2\ta\n3\t4\tb\n')))).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(delimiterOf('"a;b;c",d\n1;2;3;4;5\n')).toBe(',');
    expect(delimiterOf('a|b|c\n')).toBe('|');
    expect(delimiterOf('label\n')).toBe(',');
    expect(await messageOf(load(file('comma.csv', 'x,label\n"1,5",a\n2,b\n')))).toMatch(
      /at least one column of numbers/,
    );
  });

  it('names the line of a ragged row', async () => {
    const message = await messageOf(load(file('ragged.csv', 'x,y,label\n1,2,a\n\n3,b\n')));
    expect(message).toMatch(/^malformed-file: .*ragged\.csv: .*got 3 there and 2 in line 4; look for a missing/);
  });

  it('names line and column of a word among numbers, also after the rows that tell what a column holds', async () => {
    const rows = Array.from({ length: 1200 }, (_, i) => `${i % 7},${i}.5,a\n`);
    rows[1100] = '3,oops,b\n';
    const message = await messageOf(load(file('word.csv', `x,y,label\n${rows.join('')}`)));
    expect(message).toMatch(
      /got "oops" at line 1102, column 'y' \(1 such cell in 1,200 rows: y: 1\); .*--features '!y'/,
    );
  });

  it('refuses a column name twice, and a first line of numbers', async () => {
    expect(await messageOf(load(file('twice.csv', 'x,y,x,label\n1,2,3,a\n')))).toMatch(
      /got "x" in columns 1 and 3 of line 1/,
    );
    const bare = file('bare.csv', '1,2,3\n4,5,6\n');
    expect(await messageOf(load(bare))).toMatch(/only numbers .* --no-header/);
    const data = await load(bare, { header: false, label: 'column_3' });
    expect(data.labels).toEqual([3, 6]);
    expect(data.n).toBe(2);
  });

  it('says what is wrong with a quote that never closes', async () => {
    expect(await messageOf(load(file('quote.csv', 'x,label\n1,"a\n2,b\n')))).toMatch(
      /^malformed-file: .*got a quote that is not closed in value 2 of line 2;/,
    );
  });

  it('refuses nothing, and a heading without rows', async () => {
    expect(await messageOf(load(file('nothing.csv', '')))).toMatch(/^malformed-file: .*got nothing/);
    expect(await messageOf(load(file('heading.csv', 'x,label\n')))).toMatch(/rows below the column names, got none/);
  });
});

describe('missing values', () => {
  const text = 'x,y,label\n1,2,a\n\n,NaN,b\n3,inf,c\n4,5,\n6,7,d\n';

  it('are an error that counts them and names the first', async () => {
    const message = await messageOf(load(file('gaps.csv', text)));
    expect(message).toMatch(
      /^not-finite: .*got 4 missing in 3 of 5 rows \(y: 2, x: 1, label: 1\), the first at line 4, column 'x' \(""\); .*--drop-missing/,
    );
  });

  it('take their rows with them when asked to, and it is said', async () => {
    const data = await load(file('gaps.csv', text), { dropMissing: true });
    expect(rowsOf(data)).toEqual([
      [1, 2],
      [6, 7],
    ]);
    expect(data.labels).toEqual(['a', 'd']);
    expect(data.reading.notes).toContainEqual(
      "dropped 3 of 5 rows with missing values (1 without a label), the first at line 4, column 'x'",
    );
  });

  it('in the whole of a column lead to leaving out the column', async () => {
    expect(await messageOf(load(file('hollow.csv', 'x,y,label\n1,,a\n2,,b\n')))).toMatch(/--features '!y'/);
    expect(await messageOf(load(file('hollow.csv', 'y,label\n,a\n,b\n'), { dropMissing: true }))).toMatch(
      /a row without missing values, got none among 2/,
    );
  });

  it('do not matter in a column that is not used', async () => {
    expect((await load(file('unused.csv', 'x,y,label\n1,,a\n2,,b\n'), { features: 'x' })).n).toBe(2);
  });
});

describe('labels', () => {
  it('become numbers where a number gives back their text, each for itself', async () => {
    const labels = async (column: string) =>
      (
        await load(
          file(
            'labels.csv',
            `x,label\n${column
              .split(' ')
              .map((label) => `1.5,${label}`)
              .join('\n')}\n`,
          ),
        )
      ).labels;
    expect(await labels('-1 0 2')).toEqual([-1, 0, 2]);
    expect(await labels('-1.0 0.0')).toEqual(['-1.0', '0.0']);
    expect(await labels('1 2 noise')).toEqual([1, 2, 'noise']);
    expect(await labels('007 7')).toEqual(['007', 7]);
  });

  it('that are not clear lead to an error with the candidates', async () => {
    expect(await messageOf(load(file('two.csv', 'x,city,kind\n1,a,b\n2,c,d\n')))).toMatch(
      /^missing-label: .*2 columns of text: 'city', 'kind'; name it with --label NAME/,
    );
    const numbers = Array.from({ length: 12 }, (_, i) => `${i / 7},${i % 3}`).join('\n');
    expect(await messageOf(load(file('none.csv', `x,kind\n${numbers}\n`)))).toMatch(
      /few different whole numbers are 'kind'/,
    );
  });

  it('come from a file of their own: text, CSV, with dropped rows taken along', async () => {
    const points = file('points.csv', 'x,y\n1,2\n,4\n5,6\n');
    const lines = file('labels.txt', 'frío\r\nb\r\nc\r\n');
    const data = await load(points, { labels: lines, dropMissing: true });
    expect(data.labels).toEqual(['frío', 'c']);
    expect((await load(points, { labels: file('only.csv', 'kind\n1\n2\n3\n'), dropMissing: true })).labels).toEqual([
      1, 3,
    ]);
    expect(await messageOf(load(points, { labels: file('four.txt', 'kind\na\nb\nc\n'), dropMissing: true }))).toMatch(
      /^length-mismatch: .*each of the 3 rows .*got 4; if its first line is a heading/,
    );
  });

  it('that fill too small classes are left out with their rows, and it is said', async () => {
    const data = await load(file('sizes.csv', 'x,label\n1,a\n2,b\n3,a\n4,c\n'), { minClassSize: 2 });
    expect(rowsOf(data)).toEqual([[1], [3]]);
    expect(data.labels).toEqual(['a', 'a']);
    expect(data.reading.notes[0]).toMatch(/^Kept 1 of 3 classes/);
    expect(await messageOf(load(file('sizes.csv', 'x,label\n1,a\n2,b\n'), { minClassSize: 5 }))).toMatch(
      /the largest class has 1/,
    );
  });
});

it('the unnamed index of pandas is no feature, and it is said', async () => {
  const counted = Array.from({ length: 12 }, (_, i) => `${i + 3},${i % 5},${i % 2 ? 'a' : 'b'}\n`);
  const data = await load(file('index.csv', `,x,label\n${counted.join('')}`));
  expect(data.columns).toEqual(['x']);
  expect(data.reading.notes).toHaveLength(1);
  expect(data.reading.notes[0]).toMatch(
    /^not used as features: 'column_1' \(index: an unnamed column that numbers the rows\); .*--keep-identifiers/,
  );
});

it('a file that is not there leads to the one that is', async () => {
  const path = file('measured.csv', 'x,label\n1,a\n');
  expect(await messageOf(load(path.replace('measured', 'mesured')))).toMatch(/did you mean 'measured\.csv'/);
  expect(await messageOf(load(path.replace('.csv', '')))).toMatch(/no such file|--format/);
});

describe('what newcomers bring', () => {
  it('takes the names that pandas gives, and says when names look like data', async () => {
    const labels = file('labels.txt', 'a\nb\n');
    const counted = await load(file('pandas.csv', '0,1,2\n4,5,6\n7,8,9\n'), { labels });
    expect(counted.columns).toEqual(['0', '1', '2']);
    expect(counted.n).toBe(2);
    const bare = await load(file('words.csv', '0.5,1.25,a\n4,5,a\n7,8,b\n'));
    expect(bare.reading.notes[0]).toMatch(
      /^the first line was taken for names, and "0\.5" looks like data; .*--no-header$/,
    );
  });

  it.each([
    ['Parquet', 'PAR1\u0015\u0004'],
    ['NPY', '\u0093NUMPY\u0001'],
    ['an archive or a spreadsheet', 'PK\u0003\u0004\u0014'],
    ['JSON', '[{"x": 1}]'],
    ['JSON', '{"x": 1}\n{"x": 2}\n'],
  ])('says of a file that is called .csv and is not: %s', async (what, text) => {
    expect(await messageOf(load(file('other.csv', text)))).toContain(`must be CSV, got what looks like ${what}`);
  });
});
