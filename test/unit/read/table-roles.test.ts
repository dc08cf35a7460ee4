import { describe, expect, it } from 'vitest';
import { silhouette } from '../../../src/index.js';
import { readTable } from '../../../src/read/index.js';
import { iris } from '../../support/fixture.js';

/** The irises with a customer's number that tells nothing, and a column that never varies. */
const text = [
  'customer_id,a,b,c,d,unit,species',
  ...iris.points.map((row, i) => [100_000 + ((i * 7919) % 90_001), ...row, 1, `kind ${iris.labels[i]}`].join(',')),
].join('\n');
const bytes = new TextEncoder().encode(text);

describe('readTable', () => {
  it('leaves columns that are no features out of the points, as the command does, and says so', async () => {
    const { points, labels, columns, uses, notes } = await readTable(bytes, { name: 'iris.csv' });
    expect(columns).toEqual(['a', 'b', 'c', 'd']);
    expect(silhouette(points, labels).score).toBe(silhouette(iris.points, iris.labels).score);
    expect(uses.filter(({ used }) => !used).map(({ name, role }) => [name, role])).toEqual([
      ['customer_id', 'identifier'],
      ['unit', 'constant'],
    ]);
    expect(notes.join(' ')).toMatch(/'customer_id' \(identifier.*'unit' \(constant.*keepIdentifiers: true takes all/);
  });

  it('takes them where they are asked for', async () => {
    const all = ['customer_id', 'a', 'b', 'c', 'd', 'unit'];
    expect((await readTable(bytes, { name: 'iris.csv', keepIdentifiers: true })).columns).toEqual(all);
    const named = await readTable(bytes, { name: 'iris.csv', features: 'customer_id,a' });
    expect(named.columns).toEqual(['customer_id', 'a']);
  });
});
