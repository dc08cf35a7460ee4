import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose, identifierColumns, placeholderValues, uninformativeColumns } from '../../../src/index.js';
import { PLANTS } from './plants.js';
import { goodWorld, KINDS } from './worlds.js';

// The smaller version of scripts/column-rates.ts, whose table is docs/columns.md.
describe('in good worlds of all kinds', () => {
  it('no study finds what would be reported at medium or high', () => {
    const said: string[] = [];
    for (const kind of KINDS) {
      for (const [n, d] of [
        [60, 3],
        [60, 60],
        [240, 8],
        [600, 20],
      ] as const) {
        const { points, labels } = goodWorld(kind, n, d, 2 + (d % 5), 40_000 + n + d);
        const { verdict, neighborAgreement } = uninformativeColumns(points, labels);
        if (identifierColumns(points, labels).decide) said.push(`${kind} ${n} x ${d}: identifier`);
        if (placeholderValues(points).values.length > 0) said.push(`${kind} ${n} x ${d}: placeholder`);
        if (verdict === 'harmful' && neighborAgreement!.mean >= 0.05) said.push(`${kind} ${n} x ${d}: uninformative`);
      }
    }
    // 1 in 32 at the rate of the table would be rare.
    expect(said.length, said.join('; ')).toBeLessThanOrEqual(1);
  });
});

describe('a planted cause', () => {
  it.each(Object.entries(PLANTS))('is found: %s', (_, { plant, found, kinds }) => {
    const missed = kinds.filter((kind, t) => {
      const { world, columns } = plant(goodWorld(kind, 240, 8, 2 + (t % 4), 50_000 + t), new Rng(60 + t));
      return !found(world, columns);
    });
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(1);
  });

  it('of scale is confirmed where the wide column drowns the classes, and not where it is the signal', () => {
    const scaleOf = (points: number[][], labels: string[]) =>
      diagnose({ points, labels, columns: points[0]!.map((_, c) => `x${c}`) }, { permutations: 39 }).findings.find(
        ({ id }) => id === 'scale',
      )!;
    for (let seed = 0; seed < 2; seed++) {
      const { points, labels } = goodWorld('real', 150, 6, 3, 70_000 + seed);
      const rng = new Rng(seed);
      const drowned = points.map((row) => [...row, 900 * rng.normal()]);
      expect(scaleOf(drowned, labels)).toMatchObject({ verdict: 'confirmed' });
      expect(scaleOf(drowned, labels).summary).toContain('column x6');
      const signal = labels.map((label) => [
        40 * Number(label.slice(1)) + 3 * rng.normal(),
        ...Array.from({ length: 6 }, () => 0.3 * rng.normal()),
      ]);
      expect(scaleOf(signal, labels)).toMatchObject({ verdict: 'rejected', severity: 'info' });
    }
  });
});
