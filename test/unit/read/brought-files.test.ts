import { describe, expect, it } from 'vitest';
import type { LoadOptions } from '../../../src/cli/load-data.js';
import { load, messageOf, rowsOf, scratch } from '../cli/scratch.js';

const file = scratch();
const N = 60;
/** A table of N rows under a line of names. */
const table = (names: string, row: (i: number) => string, n = N) =>
  `${names}\n${Array.from({ length: n }, (_, i) => row(i)).join('\n')}\n`;
/** Measurements, and three kinds. */
const x = (i: number) => (3 * Math.sin(7.3 * i) + 5 * (i % 3)).toFixed(2);
const y = (i: number) => (2 * Math.cos(4.1 * i)).toFixed(2);
const kind = (i: number) => `s${i % 3}`;
const dealt = (i: number) => ((i + 1) * 7919) % 1_000_003;

interface Brought {
  readonly text: string;
  readonly options?: Partial<LoadOptions>;
  readonly columns: readonly string[];
  /** Roles of the columns of the file, with - where one is not used. */
  readonly roles: string;
  readonly k?: number;
  readonly n?: number;
}

const READ: Readonly<Record<string, Brought>> = {
  'the index of pandas': {
    text: table(',x,y,label', (i) => `${i},${x(i)},${y(i)},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'column_1:index- x:feature y:feature label:label',
  },
  'the index of tables that were put together': {
    text: table(',x,y,label', (i) => `${i % 20},${x(i)},${y(i)},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'column_1:index- x:feature y:feature label:label',
  },
  'row names of R, with a name for each other column': {
    text: table('"x","y","label"', (i) => `"${i + 1}",${x(i)},${y(i)},"${kind(i)}"`),
    columns: ['x', 'y'],
    roles: 'column_1:index- x:feature y:feature label:label',
  },
  'row names of R that are words': {
    text: table('x,y,label', (i) => `Merc ${i},${x(i)},${y(i)},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'column_1:index- x:feature y:feature label:label',
  },
  'an identifier': {
    text: table('customer_id,x,y,label', (i) => `${dealt(i)},${x(i)},${y(i)},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'customer_id:identifier- x:feature y:feature label:label',
  },
  'an identifier that is kept': {
    text: table('customer_id,x,y,label', (i) => `${dealt(i)},${x(i)},${y(i)},${kind(i)}`),
    options: { keepIdentifiers: true },
    columns: ['customer_id', 'x', 'y'],
    roles: 'customer_id:identifier x:feature y:feature label:label',
  },
  'an identifier that is named as a feature': {
    text: table('customer_id,x,y,label', (i) => `${dealt(i)},${x(i)},${y(i)},${kind(i)}`),
    options: { features: 'customer_id,x' },
    columns: ['customer_id', 'x'],
    roles: 'customer_id:identifier x:feature y:feature- label:label',
  },
  'copies of the label, as numbers and as text, and a constant': {
    text: table('x,y,code,name,site,label', (i) => `${x(i)},${y(i)},${i % 3},kind ${i % 3},7,${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'x:feature y:feature code:label-copy- name:label-copy- site:constant- label:label',
  },
  'dates, and a different text in each row': {
    text: table('when,who,x,y,label', (i) => `2024-01-${(i % 28) + 1},person ${i},${x(i)},${y(i)},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'when:date- who:identifier- x:feature y:feature label:label',
  },
  'sorted prices, none twice': {
    text: table('price,y,label', (i) => `${100 + 3 * i + (i % 2)},${y(i)},${kind(i)}`),
    columns: ['price', 'y'],
    roles: 'price:feature y:feature label:label',
  },
  'a numeric cluster at the end': {
    text: table('x,y,cluster', (i) => `${x(i)},${y(i)},${i % 3}`),
    columns: ['x', 'y'],
    roles: 'x:feature y:feature cluster:label',
  },
  'a numeric Target beside text': {
    text: table('city,x,Target', (i) => `town ${i % 4},${x(i)},${i % 2}`),
    columns: ['x'],
    roles: 'city:text- x:feature Target:label',
    k: 2,
  },
  'y as a label behind x1 and x2': {
    text: table('x1,x2,y', (i) => `${x(i)},${y(i)},${i % 3}`),
    columns: ['x1', 'x2'],
    roles: 'x1:feature x2:feature y:label',
  },
  'y as a coordinate beside x': {
    text: table('x,y,group', (i) => `${i % 8},${i % 5},${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'x:feature y:feature group:label',
  },
  'another column of labels': {
    text: table('x,y,cluster,species', (i) => `${x(i)},${y(i)},${(i * i) % 4},${kind(i)}`),
    options: { label: 'species' },
    columns: ['x', 'y'],
    roles: 'x:feature y:feature cluster:label- species:label',
  },
  'a category by name': {
    text: table('x,colour,label', (i) => `${x(i)},${['red', 'blue'][(i * i) % 2]},${kind(i)}`),
    options: { oneHot: 'colour' },
    columns: ['x', 'colour=blue', 'colour=red'],
    roles: 'x:feature colour:feature label:label',
  },
  'text as categories with gower': {
    text: table('x,colour,name,label', (i) => `${x(i)},${['red', 'blue'][(i * i) % 2]},person ${i},${kind(i)}`),
    options: { metric: 'gower' },
    columns: ['x', 'colour=blue', 'colour=red'],
    roles: 'x:feature colour:feature name:identifier- label:label',
  },
  'tabs with decimal commas': {
    text: table('x\ty\tlabel', (i) => `${i % 7},5\t${i % 9},25\t${kind(i)}`),
    columns: ['x', 'y'],
    roles: 'x:feature y:feature label:label',
  },
  'commas in the names between semicolons': {
    text: table('x, in cm;y, in mm, or so;label', (i) => `${i % 7},5;${i % 9},25;${kind(i)}`),
    columns: ['x, in cm', 'y, in mm, or so'],
    roles: 'x, in cm:feature y, in mm, or so:feature label:label',
  },
  'sep=; as first line': {
    text: `sep=;\r\n${table('x;y;label', (i) => `${i % 7},5;${i % 9},25;${kind(i)}`)}`,
    columns: ['x', 'y'],
    roles: 'x:feature y:feature label:label',
  },
  comments: {
    text: `# made by hand\n${table('x,y,label', (i) => `${i === 9 ? '# here\n' : ''}${x(i)},${y(i)},${kind(i)}`)}`,
    options: { comment: '#' },
    columns: ['x', 'y'],
    roles: 'x:feature y:feature label:label',
  },
  'a delimiter that is named': {
    text: table('x:y:label', (i) => `${x(i)}:${y(i)}:${kind(i)}`),
    options: { delimiter: ':' },
    columns: ['x', 'y'],
    roles: 'x:feature y:feature label:label',
  },
  'a cell that is no number, dropped, behind the first rows': {
    text: table('x,y,label', (i) => `${i === 1400 ? '-' : x(i)},${y(i)},${kind(i)}`, 1500),
    options: { dropMissing: true },
    columns: ['x', 'y'],
    roles: 'x:feature y:feature label:label',
    n: 1499,
  },
  'numbers of tickets, some with letters': {
    text: table('x,ticket,label', (i) => `${x(i)},${i % 4 === 0 ? `A/${i}` : dealt(i)},${kind(i)}`),
    columns: ['x'],
    roles: 'x:feature ticket:identifier- label:label',
  },
};

describe('a file with', () => {
  it.each(Object.entries(READ))('%s', async (_, { text, options, columns, roles, k = 3, n = N }) => {
    const data = await load(file('data.csv', text), options);
    expect(data.columns).toEqual(columns);
    expect(data.uses.map(({ name, role, used }) => `${name}:${role}${used ? '' : '-'}`).join(' ')).toBe(roles);
    expect(data.uses.every(({ used, reason }) => used || reason !== undefined)).toBe(true);
    expect([data.n, data.points.rows, data.points.columns, new Set(data.labels).size]).toEqual([
      n,
      n,
      columns.length,
      k,
    ]);
  });
});

const ODD = ['.', '-', '$5', '1e400', '"1,234"'];
const REFUSED: Readonly<Record<string, readonly [text: string, message: RegExp]>> = {
  'two columns that may be the labels': [
    table('x,class,target', (i) => `${x(i)},${i % 2},${i % 3}`),
    /^missing-label: .*got 2 that may be them: 'class', 'target'; name it with --label/,
  ],
  'thousands or decimals': [
    table('x;price;label', (i) => `${i % 7};${i % 2 === 0 ? 582 : '1,619'};${kind(i)}`),
    /got "1,619" at line 3, column 'price', which is 1\.619 or 1619; say --decimal , or --decimal \./,
  ],
  'points beside decimal commas': [
    table('x;label', (i) => `${i % 2 === 0 ? '1,5' : '1.234'};${kind(i)}`),
    /got "1\.234" at line 3, column 'x' \(and "1,5" at line 2\), which is 1\.234 or 1234/,
  ],
  'two decimal signs': [
    table('x;label', (i) => `${i % 2 === 0 ? '1,5' : '2.25'};${kind(i)}`),
    /one decimal sign, got "1,5" at line 2 and "2\.25" at line 3, column 'x'/,
  ],
  'a comment where none is expected': [
    `# by hand\n${table('x,y,label', (i) => `${x(i)},${y(i)},${kind(i)}`)}`,
    /got 1 there and 3 in line 2/,
  ],
};

describe('is refused:', () => {
  it.each(Object.entries(REFUSED))('%s', async (_, [text, message]) => {
    expect(await messageOf(load(file('data.csv', text)))).toMatch(message);
  });

  it.each(ODD.flatMap((cell) => [3, 1200].map((row) => [cell, row] as const)))('%s in row %i', async (cell, row) => {
    const text = table('x,y,label', (i) => `${i === row ? cell : x(i)},${y(i)},${kind(i)}`, 1300);
    const plain = cell.replaceAll('"', '');
    expect(await messageOf(load(file('odd.csv', text)))).toContain(
      `must be a number, got "${plain}" at line ${row + 2}, column 'x' (1 such cell in 1,300 rows: x: 1)`,
    );
    const data = await load(file('odd.csv', text), { dropMissing: true });
    expect([data.n, data.reading.dropped, data.reading.unreadable]).toEqual([1299, 1, 1]);
    expect(data.reading.notes[0]).toContain(
      `dropped 1 of 1300 rows with cells that are no numbers (x: 1), the first "${plain}"`,
    );
    expect(data.fileRows[row]).toBe(row + 1);
  });
});

describe('--decimal', () => {
  const text = table('a;b;label', (i) => `1,${600 + i};2.${300 + i};${kind(i)}`);
  it.each([
    [',', [1.6, 2300]],
    ['.', [1600, 2.3]],
  ] as const)('%s says what the other sign is', async (decimal, first) => {
    expect(rowsOf(await load(file('data.csv', text), { decimal }))[0]).toEqual(first);
  });
});

describe('labels of a file of their own, whose first line pandas calls 0', () => {
  const points = file('X.csv', 'a,b\n1,2\n3,4.5\n5,7\n7,6\n');
  it.each([
    ['0\n0\n1\n1\n0\n', [0, 1, 1, 0]],
    ['0\n1\n1\n0\n', [0, 1, 1, 0]],
    [',0\n0,1\n1,1\n2,0\n3,0\n', [1, 1, 0, 0]],
  ])('%j', async (text, labels) => {
    expect((await load(points, { labels: file('y.csv', text) })).labels).toEqual(labels);
  });
});
