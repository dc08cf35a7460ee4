import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import type { TrainingRecord } from '../../../src/core/training-record.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { adjustForDiscoveries } from '../../../src/index.js';
import { significance } from '../../../src/studies/significance/significance.js';
import { compareSpaces } from '../../../src/studies/spaces/compare-spaces.js';
import { randomLabels } from './worlds.js';

describe('chance-level', () => {
  const permutations = 199;
  const worlds = Array.from({ length: 40 }, (_, seed) => {
    const world = randomLabels(60, 6, 2, seed);
    const { silhouette, neighborAgreement, clusters } = significance(world.points, world.labels, { permutations });
    return { world, least: Math.min(silhouette.p, neighborAgreement.p), clusters };
  });
  const chanceOf = ({ world }: (typeof worlds)[number]) => {
    const found = diagnose(world, { permutations }).findings.find(({ id }) => id === 'chance-level')!;
    return { ...found, value: (name: string) => found.evidence.find((one) => one.name === name)!.value };
  };

  test('looks at two indices, each at half the level', () => {
    const between = worlds.find(({ least }) => least > 0.025 && least <= 0.05)!;
    const found = chanceOf(between);
    expect(found.value('p')).toBe(2 * between.least);
    // By itself the better one is below the level; of two that is no news.
    expect(found.verdict).not.toBe('rejected');
    expect(found.summary).not.toContain('It is not settled');
    const none = worlds.reduce((a, b) => (b.least > a.least ? b : a));
    expect(none.least).toBeGreaterThan(0.5);
    expect(chanceOf(none).value('p')).toBe(1);
  });

  test('counts the classes that are better than chance after correction for their number', () => {
    const lucky = worlds.find(({ clusters }) => {
      const tested = clusters.filter(({ size }) => size >= 5).map(({ p }) => p);
      return Math.min(...tested) <= 0.05 && Math.min(...adjustForDiscoveries(tested)) > 0.05;
    })!;
    expect(chanceOf(lucky).value('classesBetterThanChance')).toBe(0);
  });
});

const findingOf = (input: Parameters<typeof diagnose>[0], id: string) =>
  diagnose(input, { permutations: 39 }).findings.find((one) => one.id === id)!;

test('copies that carry the neighbour agreement weigh most', () => {
  const { points, labels } = randomLabels(60, 3, 2, 1);
  const twice = { points: [...points, ...points], labels: [...labels, ...labels] };
  expect(findingOf(twice, 'duplicates')).toMatchObject({ verdict: 'confirmed', severity: 'high' });
  const few = { points: [...points, ...points.slice(0, 2)], labels: [...labels, ...labels.slice(0, 2)] };
  expect(findingOf(few, 'duplicates')).toMatchObject({ verdict: 'confirmed', severity: 'medium' });
});

describe('class-overlap and dimension', () => {
  test('classes that are far apart do not overlap, though a few rows have a twin of the other class', () => {
    const far = Array.from({ length: 150 }, (_, i) => [10 + 0.3 * Math.sin(i), 0.3 * Math.cos(3 * i)]);
    const near = Array.from({ length: 15 }, (_, i) => [Math.sin(2 * i), Math.cos(5 * i)]);
    const points = [...far, ...near, ...near.map(([x, y]) => [x! + 0.001, y!])];
    const labels = points.map((_, i) => (i >= 150 && i < 165 ? 'twin' : 'other'));
    const { verdict, evidence } = findingOf({ points, labels }, 'class-overlap');
    const named = (name: string) => evidence.find((one) => one.name === name)!;
    // The two signs point to different verdicts: it is the silhouette that speaks against overlap.
    expect(named('agreementAdjusted').interval!.high).toBeLessThan(0.5);
    expect(named('silhouette').value).toBeGreaterThan(0.5);
    expect(verdict).toBe('rejected');
  });

  test('hubs are confirmed beyond the error of the skewness, not at it', () => {
    const { verdict, evidence } = findingOf(randomLabels(120, 2, 16, 3), 'dimension');
    const { value, interval } = evidence.find(({ name }) => name === 'hubness')!;
    expect(value).toBeGreaterThan(1);
    expect(interval!.low).toBeLessThan(1);
    expect(verdict).toBe('inconclusive');
  });

  test('rows at one distance share the places that are left among the neighbours', () => {
    // 15 rows on a line, three neighbours each: those two apart on either side share the third place. Row 3
    // is a neighbour of 0, 1, 2 and 4, and half a neighbour of 5.
    const points = Array.from({ length: 15 }, (_, i) => [i]);
    const { evidence } = findingOf({ points, labels: points.map((_, i) => i % 2) }, 'dimension');
    expect(evidence.find(({ name }) => name === 'largestHub')!.value).toBe(4.5);
  });
});

test('a wide spread of three rows under -1 is no noise while labels dealt anew spread as wide', () => {
  const rng = new Rng(38);
  const labels = Array.from({ length: 63 }, (_, i) => (i < 3 ? -1 : i % 3));
  const points = labels.map(() => [rng.normal() ** 3, rng.normal() ** 3]);
  const { verdict, evidence } = findingOf({ points, labels }, 'noise-label');
  const { value, p } = evidence.find(({ name }) => name === 'spreadRatio')!;
  expect(value).toBeGreaterThan(1.5);
  expect(p).toBeGreaterThan(0.05);
  expect(verdict).toBe('inconclusive');
});

describe('what is known of the training', () => {
  const { points, labels } = randomLabels(60, 6, 2, 1);

  test.each([
    [-0.9, 'confirmed'],
    [-0.5, 'confirmed'],
    [-0.4, 'rejected'],
    [0.9, 'rejected'],
  ])('terms whose gradients have the cosine %d: losses that oppose each other are %s', (cosine, verdict) => {
    const term = (name: string) => ({ name, settings: {}, weight: 1 });
    const gradient = { batch: 0, norms: { one: 1, two: 2 }, cosines: [{ between: ['one', 'two'], cosine }] };
    const losses = { total: 1, byName: {}, bounds: {} };
    const record = {
      rows: 60,
      heldOutRows: 0,
      objective: [term('one'), term('two')],
      sampler: { name: 'mine', settings: {}, batchesPerEpoch: 1, rowsPerEpoch: 60 },
      epochs: [{ losses, heldOut: null, anchors: null, gradient }],
    } as unknown as TrainingRecord;
    expect(findingOf({ points, labels, training: { record } }, 'loss-balance').verdict).toBe(verdict);
  });

  /** A latent of four units: a wide one, one of a thousandth of it, and two with rows at the ends of their range. */
  const unit = (i: number, at: number) => (i < at ? 1 : 0.5 * Math.sin(i));
  const latent = (tiny: number, third: number, fourth: number) =>
    labels.map((_, i) => [0.9 * Math.sin(7 * i), tiny * Math.cos(3 * i), unit(i, third), unit(i + 0.5, fourth)]);
  const collapse = (space: number[][], given = labels) => {
    const training = { unitRange: [-1, 1] as const };
    const found = findingOf({ points, labels: given, spaces: { latent: space }, training }, 'collapse');
    const value = (name: string) => found.evidence.find((one) => one.name === name)!.value;
    return { ...found, dead: value('deadUnits'), saturated: value('saturatedUnits') };
  };

  test('a unit is dead below a thousandth of the widest, and saturated with most of its rows at the ends', () => {
    expect(collapse(latent(5e-4, 2, 29))).toMatchObject({ dead: 1, saturated: 0 });
    expect(collapse(latent(5e-3, 2, 34))).toMatchObject({ dead: 0, saturated: 1 });
  });

  test('few directions are enough for few classes', () => {
    const line = labels.map((_, i) => [
      Math.sin(7 * i),
      1e-2 * Math.cos(3 * i),
      1e-2 * Math.sin(5 * i),
      0.01 * Math.cos(i),
      0,
    ]);
    expect(collapse(line).summary).toContain('Signs: effective rank');
    const three = labels.map((label) => Number(label) % 3);
    expect(collapse(line, three).verdict).toBe('rejected');
  });

  test('an output misses most of its targets when more than half are out of reach', () => {
    const targets = [
      [0, 0],
      [2, 0],
      [2, 2],
      [2, 0],
    ];
    const outputRange = [
      [-1, 1],
      [-1, 1],
    ] as const;
    const training = { targets: targets.flatMap((row) => Array(15).fill(row)), outputRange };
    const { evidence } = findingOf({ points, labels, training }, 'output-reach');
    // Three of four targets of the first output, one of four of the second.
    expect(evidence.find(({ name }) => name === 'columnsMostlyOutside')!.value).toBe(1);
    expect(evidence.find(({ name }) => name === 'shareOutside')!.value).toBe(0.5);
  });

  test.each([
    [16, 'low', 0.025, 0.05],
    [12, 'high', 0, 0.025],
  ])(
    'two differences between spaces are each tested at half the level: seed %i is %s',
    (seed, severity, above, most) => {
      const rng = new Rng(seed);
      const three = Array.from({ length: 60 }, (_, i) => i % 3);
      const space = (gap: number) =>
        three.map((label) => [(label === 0 ? gap : 0) + rng.normal(), (label === 1 ? gap : 0) + rng.normal()]);
      const spaces = { latent: space(1), projection: space(1.6) };
      const training = { lossSpace: 'projection', measuredSpace: 'latent' };
      const found = findingOf({ points: space(1), labels: three, spaces, training }, 'space-mismatch');
      const ps = found.evidence.flatMap(({ p }) => (p === undefined ? [] : [p]));
      expect(ps).toHaveLength(2);
      expect(Math.min(...ps)).toBeGreaterThan(above);
      expect(Math.min(...ps)).toBeLessThanOrEqual(most);
      expect(found.severity).toBe(severity);
    },
  );
});

describe('spaces and sides', () => {
  /** Three classes around corners that lie `gap` from the middle one. */
  const cornered = (rng: Rng, labels: readonly number[], gap: number) =>
    labels.map((label) => [(label === 0 ? gap : 0) + rng.normal(), (label === 1 ? gap : 0) + rng.normal()]);
  const dealt = (n: number, k: number) => Array.from({ length: n }, (_, i) => i % k);

  test('a latent that loses agreement is tested on one side', () => {
    const rng = new Rng(10);
    const labels = dealt(60, 3);
    const [points, latent] = [cornered(rng, labels, 1.6), cornered(rng, labels, 1)];
    const { verdict, evidence } = findingOf({ points, labels, spaces: { latent } }, 'capacity');
    expect(evidence[0]!.p).toBeGreaterThan(0.025);
    expect(evidence[0]!.p).toBeLessThanOrEqual(0.05);
    expect(verdict).toBe('confirmed');
  });

  test('a loss of agreement is rejected when its whole interval is too small to matter', () => {
    const rng = new Rng(11);
    const labels = dealt(300, 3);
    const points = cornered(rng, labels, 2.5);
    const latent = points.map((row) => row.map((value) => value + 0.02 * rng.normal()));
    const { verdict, evidence } = findingOf({ points, labels, spaces: { latent } }, 'capacity');
    expect(evidence[0]!.value).toBeLessThan(-0.01);
    expect(evidence[0]!.interval!.low).toBeGreaterThan(-0.05);
    expect(verdict).toBe('rejected');
  });

  test('a gap between the sides is confirmed by the p that counts all gaps', () => {
    const rng = new Rng(217);
    const labels = dealt(40, 2);
    const side = (gap: number) => labels.map((label) => [gap * label + rng.normal(), rng.normal()]);
    const [points, held] = [side(1.5), side(0.9)];
    const heldOut = { spaces: { input: held }, labels };
    const { gaps } = compareSpaces({ input: points }, labels, { heldOut, permutations: 99 });
    const widest = gaps.find(({ metric }) => metric === 'silhouette')!;
    expect(widest.p).toBeLessThanOrEqual(0.05);
    expect(widest.corrected).toBeGreaterThan(0.05);
    const found = diagnose({ points, labels, heldOut: { points: held, labels } }, { permutations: 99 });
    expect(found.findings.find(({ id }) => id === 'generalisation-gap')!.verdict).toBe('inconclusive');
  });

  test('a gap that unequal numbers of rows bring about is none', () => {
    const rng = new Rng(9);
    const side = (n: number) => {
      const labels = dealt(n, 4);
      return { labels, points: labels.map((label) => [1.2 * label + rng.normal(), rng.normal()]) };
    };
    const [training, heldOut] = [side(160), side(16)];
    const { findings } = diagnose({ ...training, heldOut }, { permutations: 99 });
    const { verdict, evidence } = findings.find(({ id }) => id === 'generalisation-gap')!;
    expect(evidence.find(({ name }) => name === 'input.neighborAgreement')!.value).toBeGreaterThan(0.05);
    expect(verdict).toBe('rejected');
  });

  test('the difference between two spaces and its interval do not depend on their order', () => {
    const rng = new Rng(4);
    const labels = dealt(60, 3);
    const [points, latent, projection] = [1, 1, 1.6].map((gap) => cornered(rng, labels, gap));
    const training = { lossSpace: 'projection', measuredSpace: 'latent' };
    const shown = (spaces: Record<string, number[][]>) =>
      findingOf({ points: points!, labels, spaces, training }, 'space-mismatch').evidence.flatMap(
        ({ name, value, interval }) => (interval === undefined ? [] : [{ name, value: Number(value), interval }]),
      );
    const there = shown({ latent: latent!, projection: projection! });
    const back = shown({ projection: projection!, latent: latent! });
    expect(back).toHaveLength(2);
    back.forEach(({ value, interval }, e) => {
      expect(value).toBeCloseTo(there[e]!.value, 12);
      expect(interval.low).toBeCloseTo(there[e]!.interval.low, 12);
      expect(interval.high).toBeCloseTo(there[e]!.interval.high, 12);
    });
  });
});

describe('class sizes', () => {
  const sized = (sizes: readonly number[]) => {
    const labels = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
    const rng = new Rng(1);
    return { points: labels.map(() => [rng.normal(), rng.normal()]), labels };
  };

  test('sizes that labels of equal probability vary by, empty classes counted, are no imbalance', () => {
    const { verdict, evidence } = findingOf(sized([11, ...new Array<number>(29).fill(1)]), 'class-imbalance');
    expect(evidence.find(({ name }) => name === 'effectiveClasses')!.value).toBeLessThan(0.9 * 30);
    expect(evidence.find(({ name }) => name === 'likelihoodRatio')!.p).toBeGreaterThan(0.05);
    expect(verdict).toBe('rejected');
  });

  test('classes of one row weigh by their share of the rows', () => {
    expect(findingOf(sized([30, 30, 1, 1]), 'singleton-classes').severity).toBe('low');
    expect(findingOf(sized([6, 6, 1, 1]), 'singleton-classes').severity).toBe('medium');
  });
});
