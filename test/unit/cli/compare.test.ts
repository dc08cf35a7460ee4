import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CompareArguments } from '../../../src/cli/arguments.js';
import { compare } from '../../../src/cli/run/compare.js';
import { compareLabels } from '../../../src/index.js';
import { messageOf, scratch } from './scratch.js';

const put = scratch();
const given = (more: Partial<CompareArguments>): CompareArguments => ({ header: true, quiet: true, ...more });

// Forty rows: old 'a' is split, three rows of 'b' lie with 'c', and the labels of row 5 are missing.
const OLD = Array.from({ length: 40 }, (_, i) => 'abc'[Math.floor(i / 14)]!);
const NEW = OLD.map((label, i) => (label === 'a' ? (i < 9 ? '1' : '4') : label === 'c' || i % 6 === 1 ? '3' : '2'));
const lines = OLD.map((label, i) => `${i * 0.5},${i === 4 ? '' : label},${NEW[i]},x`);
const file = put('data.csv', `x,old,new,one\n${lines.join('\n')}\n`);
const labels = put('labels.txt', `${NEW.join('\n')}\n`);
const two = { label: ['old', 'new'], dropMissing: true };

describe('clusterlens compare', () => {
  it('prints the answer first, the indices, the table and how many rows moved, in 80 columns', async () => {
    const { output, code } = await compare(file, given(two));
    expect(code).toBe(0);
    expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const text = output.replace(/\s+/g, ' ');
    expect(text).toMatch(
      /^\S+data\.csv 39 rows, old \(3 classes\) against new \(4 classes\), seed 0; 1 of 40 rows left out .*The two divisions agree in 82\.1% of rows \(by chance [\d.]+%; adjusted Rand 0\.\d+\); what differs: old 'a' is split into new '1' and '4' \(5 rows\); 2 rows of old 'b' are in new '3'\./,
    );
    expect(text).toContain('a 8* . . 5');
    expect(text).toContain('7 rows of 39 lie outside the matching. All of them: --rows FILE.csv.');
  });

  it('gives the result of compareLabels as JSON, with rows counted as the file has them', async () => {
    const { output } = await compare(file, given({ ...two, json: true, permutations: 39, seed: 4 }));
    const { schema, reading, moved, ...result } = JSON.parse(output);
    expect([schema, reading.rows, reading.dropped]).toEqual([1, 40, 1]);
    const without = (rows: readonly string[]) => rows.filter((_, i) => i !== 4);
    const numbers = without(NEW).map(Number);
    const direct = compareLabels(without(OLD), numbers, { names: ['old', 'new'], permutations: 39, seed: 4 });
    const { moved: own, ...rest } = JSON.parse(JSON.stringify(direct));
    expect(result).toEqual(rest);
    expect(moved).toEqual(Array.from(direct.moved, (i) => (i < 4 ? i : i + 1)));
    expect(Object.values(own)).toHaveLength(moved.length);
  });

  it('writes the rows outside the matching, and what goes with their first label', async () => {
    const rows = join(dirname(file), 'moved.csv');
    await compare(file, given({ ...two, rows }));
    const [head, ...written] = readFileSync(rows, 'utf8').trimEnd().split('\n');
    expect(head).toBe('data_row,old,new,goes_with');
    expect(written.slice(0, 2)).toEqual(['10,a,4,1', '11,a,4,1']);
    expect(written).toContain('20,b,3,2');
    expect(written).toHaveLength(7);
  });

  it('takes the second labels from a file of their own', async () => {
    const { output } = await compare(file, given({ label: ['old'], labels, dropMissing: true }));
    expect(output).toContain('old (3 classes) against labels.txt (4 classes)');
  });

  it.each<[string, Partial<CompareArguments>, RegExp]>([
    ['one column', { label: ['old'] }, /compare: needs two labelings, got 1 of --label; name two columns/],
    ['three columns', { label: ['old', 'new', 'x'] }, /got 3 of --label/],
    ['two columns and a file', { label: ['old', 'new'], labels }, /got 2 of --label beside --labels/],
    ['one column twice', { label: ['old', 'old'] }, /got column 'old' twice; name another one/],
    [
      'a column that is not there',
      { ...two, label: ['old', 'mew'] },
      /--label must name a column, got 'mew'; did you mean 'new'\?/,
    ],
    [
      'a column of one class',
      { ...two, label: ['old', 'one'] },
      /data\.csv: one puts all rows into one class, so there is nothing/,
    ],
    ['a class for each row', { ...two, label: ['old', 'x'] }, /data\.csv: x has a class for each row/],
    ['missing labels', { label: ['old', 'new'] }, /column 'old'.*--drop-missing/],
  ])('%s is one sentence that says what to do', async (_, more, message) => {
    expect(await messageOf(compare(file, given(more)))).toMatch(message);
  });
});
