import { describe, expect, it } from 'vitest';
import { roundingOf, soft } from '../../../src/cli/run/soft.js';
import { softSilhouette } from '../../../src/index.js';
import { messageOf, scratch } from './scratch.js';

const file = scratch();
const POINTS = [[0], [1], [5], [6], [3]];
const SOFT = [
  [0.9, 0.1],
  [0.667, 0.333],
  [0.2, 0.8],
  [0.1, 0.9],
  [0.55, 0.45],
];
const csv = (soft: readonly (readonly (number | string)[])[]) =>
  ['x,low,high,label', ...POINTS.map((row, i) => [...row, ...soft[i]!, 'w'].join(','))].join('\n');
const given = (more: object) => ({ quiet: true, header: true, memberships: 'low,high', ...more }) as never;

const withRow = <T>(rows: readonly T[], at: number, row: T) => rows.map((one, i) => (i === at ? row : one));

describe('clusterlens soft', () => {
  it('gives softSilhouette of the columns, named by them, without the label', async () => {
    const { output, code } = await soft(file('soft.csv', csv(SOFT)), given({ json: true, alpha: 2 }));
    const expected = softSilhouette(POINTS, SOFT, { alpha: 2, names: ['low', 'high'] });
    expect(code).toBe(0);
    const { schema, reading, ...result } = JSON.parse(output as string) as Record<string, unknown>;
    expect([schema, (reading as { rows: number }).rows]).toEqual([1, 5]);
    expect(result.score).toBe(expected.score);
    expect(result.d).toBe(1);
    expect(result.clusters).toEqual(expected.clusters);
    expect(result.between).toEqual(expected.between);
  });

  it('says so in words', async () => {
    const { output } = await soft(file('soft.csv', csv(SOFT)), given({}));
    const { score, crisp } = softSilhouette(POINTS, SOFT);
    expect(output).toContain(`Fuzzy silhouette ${score.toFixed(3)}`);
    expect(output).toContain(`Without weights ${crisp.score.toFixed(3)}`);
    expect(output).toMatch(/cluster +rows +memberships/);
    expect(output).toMatch(/2 of 5 rows between two clusters/);
    expect(output).toMatch(/^ +5 +low +0\.55 +high +0\.45$/m);
  });

  it('counts the row without a density-based silhouette as the table does, from 1', async () => {
    const { output } = await soft(file('hard.csv', csv(withRow(SOFT, 2, [0, 1]))), given({}));
    expect(output).toContain('No density-based silhouette: row 3 has membership 0');
  });

  it('takes sums that rounding to the decimals of the file explains, and no others', async () => {
    const thirds = SOFT.map((row) => row.map((value) => value.toFixed(2)));
    expect(thirds[1]).toEqual(['0.67', '0.33']);
    const off = withRow(thirds, 1, ['0.67', '0.34']);
    expect((await soft(file('off.csv', csv(off)), given({ json: true }))).code).toBe(0);
    const wrong = withRow(thirds, 1, ['0.67', '0.35']);
    expect(await messageOf(soft(file('wrong.csv', csv(wrong)), given({})))).toMatch(
      /^out-of-range: .*sum to 1 within 0\.01\d*, got 1\.02 in line 3; divide each row/,
    );
    const outside = withRow(thirds, 2, ['-0.2', '1.2']);
    expect(await messageOf(soft(file('outside.csv', csv(outside)), given({})))).toContain(
      "got -0.2 at line 4, column 'low'",
    );
  });

  it.each([
    [[0.25, 0.75, 1, 0], 0.01],
    [[1, 0, 0, 1], undefined],
    [[1 / 3, 2 / 3, 0.5, 0.5], undefined],
    [[1e-7, 1 - 1e-7, 0.5, 0.5], 1e-7],
  ])('the rounding of %j', (data, expected) => {
    const found = roundingOf({ data, rows: 2, columns: 2 });
    if (expected === undefined) expect(found).toBeUndefined();
    else expect(found).toBeCloseTo(expected, 10);
  });

  it('names a column that is not there after its option', async () => {
    const path = file('soft.csv', csv(SOFT));
    expect(await messageOf(soft(path, given({ memberships: 'lwo' })))).toContain(
      '--memberships must name a column, got',
    );
  });
});
