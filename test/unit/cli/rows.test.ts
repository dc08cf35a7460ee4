import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/cli/run/diagnose.js';
import { rows } from '../../../src/cli/run/rows.js';
import { Rng } from '../../../src/core/rng.js';
import { messageOf, scratch } from './scratch.js';

const put = scratch();
const rng = new Rng(4);
// Two groups; every tenth row has the label of the other, row 3 no value.
const lines = Array.from({ length: 120 }, (_, i) => {
  const side = i % 2;
  return `${i === 2 ? '' : 9 * side + rng.normal()},${rng.normal()},${(i % 10 === 7 ? 1 - side : side) === 1 ? 'p, q' : 'r'}`;
});
const file = put('data.csv', `x,y,label\n${lines.map((line) => line.replace('p, q', '"p, q"')).join('\n')}\n`);
const given = { header: true, quiet: true, dropMissing: true, threads: 1 };

describe('clusterlens rows', () => {
  it('are the rows of a diagnosis of the same data, and nothing else', async () => {
    const own = JSON.parse((await rows(file, { ...given, json: true })).output);
    const whole = JSON.parse((await diagnose(file, { ...given, json: true, permutations: 39 })).output);
    expect(own.rows).toEqual(whole.rows);
    expect(own.rows.length).toBeGreaterThan(10);
    expect([own.schema, own.n, own.reading.dropped]).toEqual([1, 119, 1]);
  });

  it('prints all of them, in 80 columns, or as CSV', async () => {
    const { output } = await rows(file, given);
    const table = output.trimEnd().split('\n');
    expect(table.filter((line) => line.length > 80)).toEqual([]);
    expect(output).toMatch(/\n(\d+) of 119 rows to look up, the most suspicious first/);
    const { output: csv } = await rows(file, { ...given, output: 'x.csv' });
    const [head, ...written] = csv.trimEnd().split('\n');
    expect(head).toBe('data_row,label,nearer,reason,weight,width');
    expect(`${written.length} of 119`).toBe(/\d+ of 119/.exec(output)![0]);
    expect(csv).toBe((await rows(file, { ...given, csv: true })).output);
  });

  it('says so where none stands out, and needs two classes', async () => {
    const calm = put(
      'calm.csv',
      `x,label\n${Array.from({ length: 40 }, (_, i) => `${(i % 2) * 50 + (i % 5)},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`,
    );
    expect((await rows(calm, given)).output).toMatch(/\nNone of 40 rows stands out\.\n$/);
    const one = put('one.csv', 'x,label\n1,a\n2,a\n3,a\n');
    expect(await messageOf(rows(one, given))).toMatch(
      /needs at least two classes, one of them with two rows, got 1 class in 3 rows/,
    );
  });
});
