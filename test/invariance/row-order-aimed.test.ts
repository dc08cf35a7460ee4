import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import * as lens from '../../src/index.js';
import { averageLinkage } from '../../src/statistics/average-linkage.js';
import { allNear, near } from '../support/near.js';

interface Sample {
  readonly points: number[][];
  readonly labels: number[];
}

/** The same rows in other orders, the first as they are. */
function* orders({ points, labels }: Sample, count: number): Generator<Sample> {
  const rng = new Rng(17);
  const order = Int32Array.from(labels.keys());
  for (let t = 0; t < count; t++) {
    yield { points: Array.from(order, (i) => points[i]!), labels: Array.from(order, (i) => labels[i]!) };
    rng.shuffle(order);
  }
}

/** What a function gives for every order. */
const inOrders = <T>(sample: Sample, count: number, of: (sample: Sample) => T): T[] =>
  Array.from(orders(sample, count), of);

const evidenceOf = (found: lens.Diagnosis, id: string) =>
  new Map(found.findings.find((finding) => finding.id === id)!.evidence.map(({ name, value }) => [name, value]));

describe('ties, sample by sample: the result is that of the rule, in every order of the rows', () => {
  it('labelHierarchy: gaps between means that are equal but for rounding merge in label order', () => {
    // Eight classes along a line, one step apart: their means are sums that end in other digits in another order.
    const spread = [-0.31, -0.17, -0.07, 0.11, 0.19, 0.25];
    const sample = {
      points: Array.from({ length: 48 }, (_, i) => [0.1 * Math.floor(i / 6) + spread[i % 6]!]),
      labels: Array.from({ length: 48 }, (_, i) => Math.floor(i / 6)),
    };
    const options = { folds: 2, minClassSize: 2, permutations: 1 };
    const merges = inOrders(sample, 30, ({ points, labels }) =>
      lens.labelHierarchy(points, labels, options).merges.map(({ left, right }) => [left, right]),
    );
    expect(merges[0]!.slice(0, 4)).toEqual([[0, 1], [2, 3], [4, 5], [6, 7]]); // biome-ignore format: pairs
    for (const found of merges) expect(found).toEqual(merges[0]);
  });

  it('dbcv: rows with the same distances have the same core distance to the bit', () => {
    // Each row has three mirror images, with the same seven distances in another order.
    const half = [[1, 12], [27, 12], [1, 16], [27, 16], [7, 1], [21, 1], [7, 27], [21, 27]]; // biome-ignore format: pairs
    const sample = {
      points: [...half, ...half.map(([x, y]) => [2 * x! + 3, y! + 60])],
      labels: Array.from({ length: 16 }, (_, i) => Math.floor(i / 8)),
    };
    const options = { dimensions: 1 };
    const scores = inOrders(sample, 30, ({ points, labels }) => lens.dbcv(points, labels, options).score);
    for (const score of scores) near(score, scores[0]!, 1e-13);
  });

  it('signatures: of the rows that tie for the medoid the one with the least coordinates', () => {
    const sample = {
      points: [[3, 1], [1, 2], [2, 0], [4, 5], [0.1, 9], [0.2, 9], [0.3, 9], [0.4, 9]], // biome-ignore format: pairs
      labels: [0, 0, 1, 1, 2, 2, 2, 2],
    };
    for (const { points, labels } of orders(sample, 30)) {
      const { classes } = lens.signatures(points, labels, { center: 'medoid' });
      expect(classes.map(({ vector }) => Array.from(vector))).toEqual([[1, 2], [2, 0], [0.2, 9]]); // biome-ignore format: short
    }
  });

  it('confusability: two rows are a join once, whichever of them is the neighbour of the other', () => {
    // 3 draws 2 and 2 draws 1, neither back; 0 and 1 draw each other. 7 draws 6, and 6 draws 5.
    const sample = { points: [[0], [1], [3], [6], [20], [21], [23], [26]], labels: [0, 1, 0, 2, 0, 1, 2, 0] };
    for (const { points, labels } of orders(sample, 30)) {
      const { confusions, mostConfused } = lens.confusability(points, labels, { neighbors: 1, alpha: 0.5 });
      expect(confusions).toBe(6);
      expect(mostConfused).toMatchObject({ labels: [0, 1], count: 3 });
    }
  });

  it('signatureDistances: of the pairs of classes that tie but for rounding the first in label order', () => {
    // Means one step apart along a line, from rows whose sums end in other digits in another order.
    const spread = [-0.31, -0.17, -0.07, 0.11, 0.19, 0.25];
    const sample = {
      points: Array.from({ length: 36 }, (_, i) => [0.1 * Math.floor(i / 6) + spread[i % 6]!]),
      labels: Array.from({ length: 36 }, (_, i) => Math.floor(i / 6)),
    };
    for (const { points, labels } of orders(sample, 30)) {
      const { closest, farthest } = lens.signatureDistances(points, labels, { permutations: 0 });
      expect([closest.a, closest.b, farthest.a, farthest.b]).toEqual([0, 1, 0, 5]);
    }
  });

  it('daviesBouldin and xieBeni: of the clusters that tie but for rounding the first in label order', () => {
    // Means one step apart along a line, from rows whose sums end in other digits in another order.
    const spread = [-0.31, -0.17, -0.07, 0.11, 0.19, 0.25];
    const sample = {
      points: Array.from({ length: 36 }, (_, i) => [0.1 * Math.floor(i / 6) + spread[i % 6]!]),
      labels: Array.from({ length: 36 }, (_, i) => Math.floor(i / 6)),
    };
    for (const { points, labels } of orders(sample, 30)) {
      const rivals = lens.daviesBouldin(points, labels).clusters.map(({ worstRival }) => worstRival);
      expect(rivals).toEqual([1, 0, 1, 2, 3, 4]);
      expect(lens.xieBeni(points, labels).closest).toEqual([0, 1]);
    }
  });

  it('average linkage: distances that are equal but for rounding merge in label order', () => {
    const rng = new Rng(2);
    const expected = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9], [10, 11], [12, 13]]; // biome-ignore format: pairs
    for (let t = 0; t < 30; t++) {
      const at = Array.from({ length: 8 }, (_, i) => i * (1 + 4e-15 * (rng.uniform() - 0.5)));
      const { joints, order } = averageLinkage(at.map((a) => at.map((b) => Math.abs(a - b))));
      expect(joints.map(({ left, right }) => [left, right])).toEqual(expected);
      expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
      expect(joints.every(({ height }, m) => m === 0 || height >= joints[m - 1]!.height)).toBe(true);
    }
  });

  it('diagnose: copies conflict with the label that most of their kind have, of those that tie the first', () => {
    // Three of a kind, one of them astray: one conflict. Two of a kind with two labels: one.
    const kinds = [[1, 1, 0], [2, 2, 2, 0, 1], [0, 2], [0], [1], [2], [0], [1], [2], [0], [1], [2]]; // biome-ignore format: kinds
    const sample = {
      points: kinds.flatMap((own, kind) => own.map(() => [kind, (kind * 7) % 5])),
      labels: kinds.flat(),
    };
    const found = inOrders(sample, 12, (rows) => {
      const evidence = evidenceOf(lens.diagnose(rows, { permutations: 39 }), 'duplicates');
      expect([evidence.get('copies'), evidence.get('conflicting')]).toEqual([7, 4]);
      return [...evidence.values()].map(Number);
    });
    for (const values of found) allNear(values, found[0]!, 1e-12);
  });
});
