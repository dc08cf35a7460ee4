import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { identifierColumns } from '../../../src/index.js';
import { goodWorld, KINDS, withColumn } from './worlds.js';

const world = goodWorld('real', 120, 4, 3, 7);
const kindsOf = (make: (i: number) => number, of = world) =>
  identifierColumns(withColumn(of, make).points, of.labels).columns.map(({ column, kind }) => [column, kind]);
const dealt = (seed: number, n = 120) => new Rng(seed).shuffle(Array.from({ length: n }, (_, i) => i));

describe('identifierColumns', () => {
  it('finds nothing in measurements of any kind', () => {
    for (const kind of KINDS) {
      const { points, labels } = goodWorld(kind, 150, 6, 4, 11);
      expect(identifierColumns(points, labels), kind).toMatchObject({ columns: [], before: null, decide: false });
    }
  });

  it('finds row numbers, with any start and step', () => {
    expect(kindsOf((i) => i)).toEqual([[4, 'row-number']]);
    expect(kindsOf((i) => 1000 - 7 * i)).toEqual([[4, 'row-number']]);
    expect(kindsOf((i) => 0.1 * i)).toEqual([[4, 'row-number']]);
  });

  it('finds shuffled row numbers', () => {
    const order = dealt(1);
    expect(kindsOf((i) => 1000 + 5 * order[i]!)).toEqual([[4, 'consecutive']]);
  });

  it('finds numbers of the rows within each label', () => {
    const seen = new Map<string, number>();
    expect(
      kindsOf((i) => {
        const at = seen.get(world.labels[i]!) ?? 0;
        seen.set(world.labels[i]!, at + 1);
        return at + 1;
      }),
    ).toEqual([[4, 'number-in-class']]);
  });

  it('finds whole numbers without a repeat that are dense enough to have some', () => {
    const order = dealt(2, 480).slice(0, 120);
    expect(kindsOf((i) => 5000 + order[i]!)).toEqual([[4, 'unique-integers']]);
    const few = dealt(2, 480).slice(0, 120);
    few[7] = few[8]!;
    expect(kindsOf((i) => 5000 + few[i]!)).toEqual([]);
  });

  it('finds times that only rise', () => {
    const rng = new Rng(3);
    let time = 1.7e9;
    expect(
      kindsOf(() => {
        time += 1 + rng.integer(5000);
        return time;
      }),
    ).toEqual([[4, 'ordered-integers']]);
  });

  it('takes dealt numbers of a wide range for identifiers only where the clusters are better off without them', () => {
    const rng = new Rng(4);
    expect(kindsOf(() => rng.integer(90_000_000))).toEqual([[4, 'wide-integers']]);
    // As wide, and the only thing that tells the classes apart.
    const blind = { points: world.points.map(() => [0, 1]), labels: world.labels };
    const at = { c0: 0, c1: 1, c2: 2 } as Record<string, number>;
    expect(kindsOf((i) => 1e7 * at[world.labels[i]!]! + rng.integer(9_900_000), blind)).toEqual([]);
  });

  it('takes ages, years, counts and rounded measurements for what they are', () => {
    const rng = new Rng(5);
    expect(kindsOf(() => 20 + rng.integer(60))).toEqual([]);
    expect(kindsOf(() => 1990 + rng.integer(30))).toEqual([]);
    expect(kindsOf(() => Math.round(1e7 + 1e6 * rng.normal()))).toEqual([]);
  });

  it('calls ranks of several columns no identifiers', () => {
    const ranks = Array.from({ length: 4 }, (_, c) => dealt(20 + c));
    const points = world.points.map((_, i) => ranks.map((rank) => rank[i]!));
    expect(identifierColumns(points, world.labels).columns).toEqual([]);
  });

  it('finds copies and functions of the label', () => {
    const codes = { c0: 3, c1: 1, c2: 7 } as Record<string, number>;
    expect(kindsOf((i) => codes[world.labels[i]!]!)).toEqual([[4, 'label-copy']]);
    expect(kindsOf((i) => (world.labels[i] === 'c1' ? 1 : 0))).toEqual([[4, 'label-function']]);
    expect(kindsOf((i) => (i === 5 ? 9 : codes[world.labels[i]!]!))).toEqual([]);
  });

  it('says that a column of two values among others may be a test that never fails', () => {
    const binary = goodWorld('binary', 400, 5, 2, 3);
    const { points, labels } = withColumn(binary, (i) => (binary.labels[i] === 'c0' ? 0 : 1));
    expect(identifierColumns(points, labels).columns).toEqual([{ column: 5, kind: 'label-copy', certain: false }]);
  });

  it('measures what the columns do to the scores', () => {
    const order = dealt(6);
    const { points, labels } = withColumn(world, (i) => order[i]!);
    const { before, after, decide } = identifierColumns(points, labels);
    expect(decide).toBe(true);
    expect(after!.silhouette - before!.silhouette).toBeGreaterThan(0.2);
    const small = withColumn(world, (i) => order[i]! / 1e4);
    expect(identifierColumns(small.points, labels).decide).toBe(false);
  });

  it('says so where no other column is left', () => {
    const found = identifierColumns(
      dealt(8).map((v) => [v, 5]),
      world.labels,
    );
    expect(found).toMatchObject({ before: null, after: null, decide: false, reason: 'no other column varies' });
  });
});
