import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose, type Finding } from '../../../src/index.js';

/** k round classes of `size` rows at the corners of a simplex `gap` apart; the second is moved to `near` of the first. */
function world(seed: number, k: number, size: number, gap: number, near = gap) {
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: string[] = [];
  for (let c = 0; c < k; c++) {
    for (let t = 0; t < size; t++) {
      const row = Array.from({ length: k }, () => rng.normal());
      const [axis, length] = c === 1 && near !== gap ? [0, gap / Math.SQRT2 + near] : [c, gap / Math.SQRT2];
      row[axis]! += length;
      points.push(row);
      labels.push(`c${c}`);
    }
  }
  return { points, labels };
}

const overlapOf = (input: ReturnType<typeof world>): Finding =>
  diagnose(input, { permutations: 39 }).findings.find(({ id }) => id === 'class-overlap')!;

describe('class-overlap', () => {
  it('ten classes of which two are one: that pair, and nothing of the others', () => {
    const found = overlapOf(world(61, 10, 60, 10, 0.01));
    expect(found.verdict).toBe('confirmed');
    expect(['low', 'medium']).toContain(found.severity);
    expect(found.summary).toMatch(/^c0 and c1 overlap/);
    const pairs = found.tables.find(({ name }) => name === 'pairs')!;
    const overlapping = pairs.rows.filter((row) => row[pairs.columns.indexOf('overlaps')] === true);
    expect(overlapping.map((row) => row.slice(0, 2))).toEqual([['c0', 'c1']]);
    expect(found.recommendation!.text).toContain('Give c0 and c1 one label');
  });

  it('says good news as good news, and nothing of pairs where nothing is confused', () => {
    const found = overlapOf(world(62, 4, 50, 12));
    expect(found).toMatchObject({ verdict: 'rejected', severity: 'info', recommendation: null });
    expect(found.summary).toMatch(/^The classes do not overlap: the nearest neighbour has the same label in 100%/);
    expect(found.summary).not.toContain('Weak spot');
  });

  it('overlap of all classes is that', () => {
    const found = overlapOf(world(63, 3, 150, 1.2));
    expect(found).toMatchObject({ verdict: 'confirmed', severity: 'high' });
    expect(found.summary).toMatch(/^The classes overlap: /);
  });

  it('in good worlds no pair is said to overlap', () => {
    const found = Array.from({ length: 12 }, (_, w) => overlapOf(world(700 + w, 5, 40, 5)));
    expect(found.filter(({ verdict }) => verdict === 'confirmed').length).toBe(0);
  });
});
