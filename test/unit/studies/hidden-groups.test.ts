import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { hiddenGroups, type Label, otherGroups } from '../../../src/index.js';
import { centredFrame } from '../../../src/kernels/frame.js';
import { fingerprints } from '../../../src/studies/gaps/content-halves.js';
import { judgedLines } from '../../../src/studies/groups/judged-lines.js';
import { type CloudName, cloud } from '../../support/worlds/cloud.js';
import { type GroupsName, groups } from '../../support/worlds/groups.js';

const share = (seeds: number, hit: (seed: number) => boolean) =>
  Array.from({ length: seeds }, (_, seed) => hit(seed)).filter(Boolean).length;

describe('hiddenGroups', () => {
  test('a class of two groups is found by name, with the sizes and a label for each group', () => {
    const { points, labels } = groups('round, far', { n: 300, d: 3, k: 5, seed: 1 });
    const merged = labels.map((label) => (label === 4 ? 'c3' : `c${label}`));
    const found = hiddenGroups(points, merged);
    expect(found.found).toEqual(['c3']);
    expect(found.deep).toEqual(['c3']);
    const inside = found.classes.find(({ label }) => label === 'c3')!;
    expect(inside.sizes).toEqual([60, 60]);
    expect(inside.p!).toBeLessThan(0.01);
    // One sub-label for each true group.
    const told = new Set(labels.flatMap((label, i) => (label >= 3 ? [`${label} ${found.subLabels[i]}`] : [])));
    expect(told.size).toBe(2);
    expect(found.subLabels.filter((label, i) => label !== merged[i]).length).toBe(120);
  });

  test('three groups under one label are three', () => {
    const { points } = groups('round, far', { n: 240, d: 4, k: 3, seed: 2 });
    const { classes, betweenClasses } = hiddenGroups(points, new Array<number>(240).fill(0));
    expect(classes[0]!.sizes).toEqual([80, 80, 80]);
    expect(betweenClasses).toBeNull();
  });

  test.each<CloudName>([
    'gaussian',
    'uniform cube',
    't3',
    'exponential',
    'log-normal',
    'strip',
    'swiss roll',
    'integers',
  ])('classes of one cloud are not split: %s', (name) => {
    const many = share(20, (seed) => {
      const { data } = cloud(name, { n: 240, d: 3, seed: 900 + seed });
      const labels = Array.from({ length: 240 }, (_, i) => i % 3);
      return hiddenGroups({ data, rows: 240, columns: 3 }, labels, { seed }).found.length > 0;
    });
    expect(many).toBeLessThanOrEqual(2);
  });

  test.each<GroupsName>([
    'round, far',
    'round, near',
    'round, touching',
    'elongated',
    'unequal size',
    'heavy tails',
    'cubes',
  ])('two of three classes under one label: %s', (name) => {
    const worlds = Array.from({ length: 10 }, (_, seed) => groups(name, { n: 300, d: 4, k: 3, seed: 700 + seed }));
    const found = worlds.map(({ points, labels }, seed) => {
      const merged = labels.map((label): Label => (label === 2 ? 1 : label));
      return hiddenGroups(points, merged, { seed }).found;
    });
    expect(found.filter((names) => names.includes(1)).length).toBeGreaterThanOrEqual(8);
    expect(found.filter((names) => names.includes(0)).length).toBeLessThanOrEqual(1);
    const good = worlds.filter(({ points, labels }, seed) => hiddenGroups(points, labels, { seed }).found.length > 0);
    expect(good.length).toBeLessThanOrEqual(1);
  });

  test('a shallow split is found and is not deep', () => {
    const rng = new Rng(3);
    const points = Array.from({ length: 400 }, (_, i) => [
      100 * (i % 2) + (i % 4 < 2 ? 0 : 6) + rng.normal(),
      rng.normal(),
    ]);
    const found = hiddenGroups(
      points,
      points.map((_, i) => i % 2),
    );
    expect(found.found).toEqual([0, 1]);
    expect(found.deep).toEqual([]);
    expect(found.sameDirection!).toBeGreaterThan(0.99);
  });

  test('small classes, equal rows and noise are said, not split', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i < 20 ? 1 : 2]);
    const found = hiddenGroups(rows, ['x', ...new Array<string>(39).fill('a')], { noiseLabel: 'a' });
    expect(found).toMatchObject({ classes: [], leftOut: ['x'], found: [] });
    expect(hiddenGroups(new Array(40).fill([3]), new Array(40).fill(0)).found).toEqual([]);
    // Two values are a grid of two, as of a yes and a no: nothing says that there are none between.
    expect(hiddenGroups(rows, new Array(40).fill(0)).found).toEqual([]);
  });
});

describe('otherGroups', () => {
  test('labels at random on six groups: six, and the labels miss them', () => {
    const { points } = groups('round, far', { n: 360, d: 8, k: 6, seed: 4 });
    const rng = new Rng(5);
    const found = otherGroups(
      points,
      Array.from({ length: 360 }, () => rng.integer(6)),
    );
    expect(found).toMatchObject({ groups: 6, missed: true });
    expect(Math.abs(found.explained!)).toBeLessThan(0.05);
  });

  test('labels that are the groups, merge them or refine them miss nothing', () => {
    const { points, labels } = groups('round, far', { n: 360, d: 8, k: 6, seed: 4 });
    const rng = new Rng(6);
    for (const given of [labels, labels.map((c) => c >> 1), labels.map((c) => 2 * c + rng.integer(2))]) {
      const found = otherGroups(points, given);
      expect(found.groups).toBe(6);
      expect(found.missed).toBe(false);
      expect(found.explained!).toBeGreaterThan(0.95);
    }
  });

  test('a ring, circles and the arms of spirals have no groups to miss', () => {
    const many = share(8, (seed) => {
      const ring = cloud('ring', { n: 240, d: 3, seed: 810 + seed });
      const labels = Array.from({ length: 240 }, (_, i) => i % 3);
      const bent = (['circles', 'spirals'] as const).map((name) =>
        groups(name, { n: 300, d: 2, k: 2, seed: 810 + seed }),
      );
      return (
        otherGroups(ring, labels, { seed }).missed ||
        bent.some(({ points, labels: own }) => otherGroups(points, own, { seed }).missed)
      );
    });
    expect(many).toBeLessThanOrEqual(1);
  });

  test('a batch that runs across labels without gaps', () => {
    const rng = new Rng(7);
    const labels = Array.from({ length: 300 }, (_, i) => i % 3);
    const points = labels.map((label) => [(rng.integer(2) === 0 ? 0 : 12) + rng.normal(), label + rng.normal()]);
    expect(otherGroups(points, labels)).toMatchObject({ groups: 2, missed: true });
  });

  test.each<CloudName>(['gaussian', 'uniform cube', 't3', 'exponential', 'strip', 'swiss roll'])(
    'one cloud has no groups to miss: %s',
    (name) => {
      const many = share(10, (seed) => {
        const points = cloud(name, { n: 200, d: 3, seed: 800 + seed });
        return otherGroups(
          points,
          Array.from({ length: 200 }, (_, i) => i % 4),
          { seed },
        ).missed;
      });
      expect(many).toBeLessThanOrEqual(1);
    },
  );
});

describe('judgedLines', () => {
  test('no line is judged by the rows that made it', () => {
    // 30 rows in 600 columns always fall into two along a line of their own.
    const split = share(20, (seed) => {
      const { data } = cloud('gaussian', { n: 60, d: 600, seed: 640 + seed });
      const { rows } = centredFrame(data, 60, 600);
      return (
        judgedLines(rows, 600, fingerprints(data, 60, 600, seed), { seed, level: 0.05, least: 8 }).lines.length > 0
      );
    });
    expect(split).toBeLessThanOrEqual(2);
  });

  test('a border through a ring is crossed at least as often as its arcs, one between groups more rarely', () => {
    const crossings = ({ data, columns }: { data: Float64Array; columns: number }) => {
      const n = data.length / columns;
      const { rows } = centredFrame(data, n, columns);
      const prints = fingerprints(data, n, columns, 0);
      return judgedLines(rows, columns, prints, { seed: 0, level: 0.05, least: 15 }).lines.map(
        ({ crossing }) => crossing,
      );
    };
    const rings = [1, 2, 3].flatMap((seed) => crossings(cloud('ring', { n: 300, d: 2, seed })));
    const pairs = [1, 2, 3].flatMap((seed) => crossings(groups('round, far', { n: 300, d: 2, k: 2, seed }).points));
    expect(Math.min(...rings)).toBeGreaterThan(1);
    expect(Math.max(...pairs)).toBeLessThan(0.5);
    expect(pairs.length).toBeGreaterThan(3);
  });
});
