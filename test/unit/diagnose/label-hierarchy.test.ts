import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { cutTree, wardTree } from '../../../src/statistics/ward.js';
import { labelHierarchy } from '../../../src/studies/hierarchy/label-hierarchy.js';
import { blobs, randomLabels } from './worlds.js';

/** Ward by its definition: each time the merge with the least rise of the sum of squares. */
function naiveHeights(means: number[][], sizes: number[]): number[] {
  let groups = means.map((mean, i) => ({ mean, size: sizes[i]! }));
  const heights: number[] = [];
  while (groups.length > 1) {
    let best = { a: 0, b: 1, rise: Infinity };
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const [x, y] = [groups[a]!, groups[b]!];
        const square = x.mean.reduce((sum, v, c) => sum + (v - y.mean[c]!) ** 2, 0);
        const rise = ((x.size * y.size) / (x.size + y.size)) * square;
        if (rise < best.rise) best = { a, b, rise };
      }
    }
    const [x, y] = [groups[best.a]!, groups[best.b]!];
    const size = x.size + y.size;
    const mean = x.mean.map((v, c) => (x.size * v + y.size * y.mean[c]!) / size);
    groups = [...groups.filter((_, i) => i !== best.a && i !== best.b), { mean, size }];
    heights.push(Math.sqrt(2 * best.rise));
  }
  return heights;
}

describe("Ward's tree", () => {
  test('has the heights of the definition, ascending, and every node once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.integer({ min: 1, max: 4 }), fc.nat(1000), (k, d, seed) => {
        const rng = new Rng(seed);
        const means = Array.from({ length: k }, () => Array.from({ length: d }, () => rng.normal()));
        const sizes = Array.from({ length: k }, () => 1 + rng.integer(9));
        const tree = wardTree(Float64Array.from(means.flat()), sizes, k, d);
        const expected = naiveHeights(means, sizes);
        tree.height.forEach((height, m) => {
          expect(height).toBeCloseTo(expected[m]!, 9);
        });
        const nodes = [...tree.left, ...tree.right].sort((a, b) => a - b);
        expect(nodes).toEqual(Array.from({ length: 2 * k - 2 }, (_, i) => i));
        expect(tree.size[k - 2]).toBe(sizes.reduce((a, b) => a + b, 0));
        for (let g = 1; g <= k; g++) expect(new Set(cutTree(tree, k, g)).size).toBe(g);
      }),
      { numRuns: 80 },
    );
  });

  test('ties and equal means neither hang nor lose a class', () => {
    const tree = wardTree(new Float64Array(8), [1, 1, 1, 1], 4, 2);
    expect([...tree.height]).toEqual([0, 0, 0]);
    const square = wardTree(Float64Array.from([0, 0, 0, 1, 1, 0, 1, 1]), [1, 1, 1, 1], 4, 2);
    expect([...square.height].slice(0, 2)).toEqual([1, 1]);
  });
});

/** Two families of three classes that overlap inside and are far apart. */
function families(seed: number) {
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: string[] = [];
  for (const [family, x] of [
    ['low', 0],
    ['high', 6],
  ] as const) {
    for (let c = 0; c < 3; c++) {
      for (let i = 0; i < 20; i++) {
        points.push([x + rng.normal(), 0.3 * c + rng.normal(), rng.normal()]);
        labels.push(`${family} ${c}`);
      }
    }
  }
  return { points, labels };
}

describe('labelHierarchy', () => {
  test('finds the families, on held-out rows, and says who belongs to them', () => {
    const { points, labels } = families(1);
    const found = labelHierarchy(points, labels, { permutations: 99 });
    expect(found.best?.groups).toBe(2);
    expect(found.best?.members).toEqual([
      ['high 0', 'high 1', 'high 2'],
      ['low 0', 'low 1', 'low 2'],
    ]);
    expect(found.best!.p).toBeLessThanOrEqual(0.05);
    expect(found.gain!.difference).toBeGreaterThan(2 * found.gain!.standardError);
    const two = found.scores[0]!;
    expect(two.balancedAccuracy.mean).toBeGreaterThan(0.95);
    expect(two.silhouette.mean).toBeGreaterThan(0.4);
    expect(two.balancedAccuracy.chance.mean).toBeCloseTo(0.5, 1);
  });

  test('keeps labels that hold as they are', () => {
    const { points, labels } = blobs([20, 20, 20, 20], 8, 4, 2);
    const found = labelHierarchy(points, labels, { permutations: 49 });
    expect(found.best?.groups).toBe(4);
    expect(found.gain).toBeNull();
    expect(found.scores.find(({ groups }) => groups === 4)!.balancedAccuracy.mean).toBe(1);
  });

  test('p is corrected for the choice among many numbers of groups', () => {
    // Without the correction about one world in five would name some number of groups.
    let single = 0;
    let corrected = 0;
    const worlds = 60;
    for (let seed = 0; seed < worlds; seed++) {
      const { points, labels } = randomLabels(120, 8, 3, seed);
      const found = labelHierarchy(points, labels, { permutations: 39, minClassSize: 5, seed });
      if (found.scores.some(({ silhouette, balancedAccuracy }) => Math.min(silhouette.p, balancedAccuracy.p) <= 0.05))
        single++;
      if (found.scores.some(({ p }) => p <= 0.05)) corrected++;
    }
    expect(corrected).toBeLessThanOrEqual(7);
    expect(single).toBeGreaterThan(2 * Math.max(3, corrected));
  });

  test('groups are made without the rows that they are scored on', () => {
    // Merging 20 random classes by the rows that are scored would make those rows look grouped.
    let silhouettes = 0;
    let accuracies = 0;
    for (let seed = 0; seed < 10; seed++) {
      const { points, labels } = randomLabels(200, 20, 3, seed);
      const [two] = labelHierarchy(points, labels, { groups: [2], permutations: 1, minClassSize: 5, seed }).scores;
      silhouettes += two!.silhouette.mean / 10;
      accuracies += two!.balancedAccuracy.mean / 10;
    }
    expect(Math.abs(silhouettes)).toBeLessThan(0.015);
    expect(Math.abs(accuracies - 0.5)).toBeLessThan(0.04);
  });

  test('does not depend on the unit, the origin or the names', () => {
    const { points, labels } = families(3);
    const base = labelHierarchy(points, labels, { permutations: 19 });
    const moved = labelHierarchy(
      points.map((row) => row.map((v) => 1e6 * v + 1e7)),
      labels.map((label) => `x ${label}`),
      { permutations: 19 },
    );
    expect(moved.best?.members).toEqual(base.best?.members.map((group) => group.map((label) => `x ${label}`)));
    moved.scores.forEach(({ support }, g) => {
      expect(support).toBeCloseTo(base.scores[g]!.support, 6);
    });
    moved.merges.forEach(({ height }, m) => {
      expect(height / 1e6).toBeCloseTo(base.merges[m]!.height, 5);
    });
  });

  test('refuses what has nothing to merge', () => {
    expect(() => labelHierarchy([[1], [2], [3]], ['a', 'b', 'b'])).toThrow(/got 0 of 2/);
    const { points, labels } = families(1);
    expect(() => labelHierarchy(points, labels, { groups: [7] })).toThrow(/got 7/);
    expect(() => labelHierarchy(points, labels, { metric: 'manhattan' as never })).toThrow(/got "manhattan"/);
  });
});

describe('what held-out rows tell apart', () => {
  const { points, labels } = blobs([40, 40, 40, 40, 40, 40], 7, 6, 11);

  test('six separate classes have nothing to merge', () => {
    const found = labelHierarchy(points, labels, { permutations: 39 });
    expect(found.mergeable).toBeNull();
    for (const { toldApart } of found.merges) expect(toldApart.balancedAccuracy).toBeGreaterThan(0.95);
  });

  test('one class in two at random: these two, by name, and the gain is clear', () => {
    const rng = new Rng(5);
    const split = labels.map((label) => (label === 'class 2' ? `class 2${rng.integer(2) === 0 ? 'a' : 'b'}` : label));
    const { mergeable, merges } = labelHierarchy(points, split, { permutations: 39 });
    expect(mergeable!.members.filter((members) => members.length > 1)).toEqual([['class 2a', 'class 2b']]);
    expect(mergeable!.gain!.p).toBeLessThan(0.05);
    expect(merges[0]!.toldApart.balancedAccuracy).toBeLessThan(0.75);
  });

  test('two levels that both hold: nothing is merged', () => {
    const rng = new Rng(6);
    const names: string[] = [];
    const rows: number[][] = [];
    for (let s = 0; s < 4; s++) {
      for (let g = 0; g < 3; g++) {
        for (let i = 0; i < 20; i++) {
          rows.push([100 * s + 10 * g + rng.normal(), rng.normal()]);
          names.push(`${s} ${g}`);
        }
      }
    }
    expect(labelHierarchy(rows, names, { permutations: 39 }).mergeable).toBeNull();
  });

  test('a ball in a ring has the mean of the ring and is told apart by the nearest row', () => {
    const rng = new Rng(7);
    const rows = Array.from({ length: 120 }, (_, i) => {
      const angle = 2 * Math.PI * rng.uniform();
      return i % 2 === 0 ? [6 * Math.cos(angle), 6 * Math.sin(angle)] : [0.5 * rng.normal(), 0.5 * rng.normal()];
    });
    const names = rows.map((_, i) => (i % 2 === 0 ? 'ring' : 'ball'));
    const [merge] = labelHierarchy(rows, names, { permutations: 1 }).merges;
    expect(merge!.toldApart).toMatchObject({ rule: 'row', balancedAccuracy: 1 });
  });
});
