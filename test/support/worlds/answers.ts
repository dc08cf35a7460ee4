import { Rng } from '../../../src/core/rng.js';
import type { FindingId } from '../../../src/index.js';
import { ANGLES, SHAPED } from '../shaped-worlds.js';
import { CLOUD_NAMES, type CloudName, cloud } from './cloud.js';
import { direction, rowsOf, type Table } from './draws.js';
import { COMPACT_NAMES, type GroupsName, groups } from './groups.js';
import { byKMeans, byTunedDbscan, byWard } from './labels-by.js';

export interface World {
  readonly points: number[][];
  readonly labels: number[];
  /** The label of rows that DBSCAN left over. */
  readonly noiseLabel?: number;
}

/** Worlds of one kind; which one, the seed says. `cause` is what was planted, by the findings that may name it. */
export interface Row {
  readonly name: string;
  readonly make: (seed: number) => World;
  readonly causes?: readonly FindingId[];
  /** Where two were planted: for each the findings that may name it. */
  readonly both?: readonly (readonly FindingId[])[];
}

function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.integer(items.length)]!;
}

/** Draws until DBSCAN finds what is wanted, which it does not in every world. */
function untilFound(rng: Rng, draw: (rng: Rng) => { points: Table; wanted: (labels: readonly number[]) => boolean }) {
  for (let t = 0; t < 200; t++) {
    const { points, wanted } = draw(rng);
    const labels = byTunedDbscan(points, wanted);
    if (labels !== null) return { points: rowsOf(points), labels, noiseLabel: -1 };
  }
  throw new Error('internal: DBSCAN found nothing in 200 worlds');
}

const WIDE = [20, 50];
const LONG = [1000, 2000, 3000];
const SIZES = [200, 400, 800, 1500, 3000];
/** Rows up to which Ward's clustering is drawn. */
const WARD = 1500;

function sizesOf(labels: readonly number[]): number[] {
  const sizes = new Array<number>(Math.max(...labels) + 1).fill(0);
  for (const label of labels) if (label >= 0) sizes[label]!++;
  return sizes.sort((a, b) => b - a);
}

/** Whether someone would take labels of DBSCAN for groups: two to twelve, of which two hold a twentieth of the rows each. */
function looksGrouped(labels: readonly number[]): boolean {
  const sizes = sizesOf(labels);
  return sizes.length >= 2 && sizes.length <= 12 && sizes[1]! >= labels.length / 20;
}

/** Whether DBSCAN found one group and a few that hold less than a twentieth of the rows each. */
function hasSatellites(labels: readonly number[]): boolean {
  const sizes = sizesOf(labels);
  return sizes.length >= 2 && sizes.length <= 12 && sizes[1]! < labels.length / 20;
}

function cutByDbscan(name: CloudName, rng: Rng, wanted: (labels: readonly number[]) => boolean): World {
  return untilFound(rng, (drawn) => ({
    points: cloud(name, {
      n: pick(drawn, [200, 400, 800, 1500]),
      d: Math.max(name === 'swiss roll' ? 3 : 2, pick(drawn, [2, 3, 5])),
      seed: drawn.uint32(),
    }),
    wanted,
  }));
}

/** (a) One cloud, cut by k-means, Ward or DBSCAN. */
export const CUT: readonly Row[] = [
  ...CLOUD_NAMES.map(
    (name): Row => ({
      name,
      make: (seed) => {
        const rng = new Rng(seed);
        const n = pick(rng, SIZES);
        const d = Math.max(name === 'swiss roll' ? 3 : 2, pick(rng, [2, 3, 5, 10, 20, 50]));
        const points = cloud(name, { n, d, seed: rng.uint32() });
        const k = 2 + rng.integer(11);
        const ward = n <= WARD && rng.integer(3) === 0;
        const labels = ward ? byWard(points, k) : byKMeans(points, k, rng.uint32());
        return { points: rowsOf(points), labels };
      },
    }),
  ),
  ...CLOUD_NAMES.map(
    (name): Row => ({
      name: `${name}, labels by DBSCAN`,
      make: (seed) => cutByDbscan(name, new Rng(seed), looksGrouped),
    }),
  ),
  {
    name: 'any of these, one group of DBSCAN and satellites below 5%',
    make: (seed) => {
      const rng = new Rng(seed);
      return cutByDbscan(pick(rng, CLOUD_NAMES), rng, hasSatellites);
    },
  },
];

function grouped(name: GroupsName, rng: Rng, from: 'given' | 'k-means', sizes = [200, 300, 500, 800]): World {
  const bent = name === 'moons' || name === 'circles' || name === 'spirals';
  const n = pick(rng, sizes);
  const k = name === 'moons' ? 2 : 2 + rng.integer(bent ? 2 : n < 400 ? 3 : 6);
  const made = groups(name, { n, d: bent ? 2 : pick(rng, [2, 3, 5, 10, 20]), k, seed: rng.uint32() });
  const labels = from === 'given' ? made.labels : byKMeans(made.points, k, rng.uint32());
  return { points: rowsOf(made.points), labels };
}

const COMPACT = [
  'round, far',
  'round, near',
  'elongated',
  'unequal size',
  'unequal spread',
  'heavy tails',
  'cubes',
] as const;
/** Kinds of which k-means finds the groups. */
const BALLS = ['round, far', 'round, near', 'unequal size', 'cubes'] as const;

/** Kinds of which DBSCAN finds the groups. */
const DENSE = ['round, far', 'unequal size', 'cubes', 'moons', 'circles', 'spirals'] as const;

/** Whether all groups were found: of the rows that have a label, at most 2 in 100 lie in a group of others. */
function recovered(truth: readonly number[], k: number, labels: readonly number[]): boolean {
  if (Math.max(...labels) + 1 !== k) return false;
  const counts = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  labels.forEach((found, i) => {
    if (found >= 0) counts[found]![truth[i]!]!++;
  });
  const main = counts.map((line) => line.indexOf(Math.max(...line)));
  const right = counts.reduce((sum, line, c) => sum + line[main[c]!]!, 0);
  return new Set(main).size === k && right >= 0.98 * labels.filter((label) => label >= 0).length;
}

/** (b) Groups that are there. */
export const THERE: readonly Row[] = [
  ...([...COMPACT, 'round, touching', 'moons', 'circles', 'spirals'] as const).map((name) => ({
    name: `${name}, labels given`,
    make: (seed: number) => grouped(name, new Rng(seed), 'given'),
  })),
  ...BALLS.map((name) => ({
    name: `${name}, labels by k-means`,
    make: (seed: number) => grouped(name, new Rng(seed), 'k-means'),
  })),
  {
    name: 'any compact kind, d 20 and 50, n 1,000 to 3,000, k 2 to 12, labels given',
    make: (seed) => {
      const rng = new Rng(seed);
      const size = { n: pick(rng, LONG), d: pick(rng, WIDE), k: 2 + rng.integer(11), seed: rng.uint32() };
      const { points, labels } = groups(pick(rng, COMPACT_NAMES), size);
      return { points: rowsOf(points), labels };
    },
  },
  ...DENSE.map(
    (name): Row => ({
      name: `${name}, labels by DBSCAN`,
      make: (seed) =>
        untilFound(new Rng(seed), (rng) => {
          const bent = name === 'moons' || name === 'circles' || name === 'spirals';
          const n = pick(rng, [200, 300, 500, 800]);
          const k = name === 'moons' ? 2 : 2 + rng.integer(bent ? 2 : n < 400 ? 3 : 6);
          const { points, labels } = groups(name, {
            n,
            d: bent ? 2 : pick(rng, [2, 3, 5, 10]),
            k,
            seed: rng.uint32(),
          });
          return { points, wanted: (found) => recovered(labels, k, found) };
        }),
    }),
  ),
];

/** (d) Groups that are well apart, and nothing planted. */
export const GOOD: readonly Row[] = (
  ['round, far', 'elongated', 'unequal size', 'unequal spread', 'heavy tails', 'cubes'] as const
).map((name) => ({ name, make: (seed) => grouped(name, new Rng(seed), 'given', [200, 300, 400]) }));

/** A good world of three groups and more. */
function good(rng: Rng): World {
  const name = pick(rng, ['round, far', 'unequal size', 'cubes'] as const);
  const { points, labels } = groups(name, {
    n: pick(rng, [200, 300, 400]),
    d: pick(rng, [3, 5, 8]),
    k: 3 + rng.integer(2),
    seed: rng.uint32(),
  });
  return { points: rowsOf(points), labels };
}

function spreadOf(points: readonly number[][], c: number): number {
  const mean = points.reduce((sum, row) => sum + row[c]!, 0) / points.length;
  return Math.sqrt(points.reduce((sum, row) => sum + (row[c]! - mean) ** 2, 0) / points.length);
}

/** The largest standard deviation of a column. */
const widest = ({ points }: World) => Math.max(...points[0]!.map((_, c) => spreadOf(points, c)));

function withColumns({ points, labels }: World, make: (i: number) => readonly number[]): World {
  return { points: points.map((row, i) => [...row, ...make(i)]), labels };
}

type Plant = (world: World, rng: Rng) => World;

const chosen = (rng: Rng, n: number, share: number) =>
  new Set(rng.shuffle(Array.from({ length: n }, (_, i) => i)).slice(0, Math.max(3, Math.round(share * n))));

const PLANTS: Readonly<Record<string, { causes: readonly FindingId[]; plant: Plant }>> = {
  'a column of noise in a small unit': {
    causes: ['scale', 'uninformative-columns'],
    plant: (world, rng) => {
      const unit = 50 * widest(world);
      return withColumns(world, () => [unit * rng.normal()]);
    },
  },
  'row numbers as a column': {
    causes: ['identifier-columns'],
    plant: (world, rng) => {
      const ids = rng.shuffle(world.points.map((_, i) => 1000 + i));
      return withColumns(world, (i) => [ids[i]!]);
    },
  },
  '-999 for missing, 5% of a column': {
    causes: ['placeholder-values'],
    plant: ({ points, labels }, rng) => {
      const rows = chosen(rng, points.length, 0.05);
      const column = rng.integer(points[0]!.length);
      return {
        points: points.map((row, i) => (rows.has(i) ? row.map((v, c) => (c === column ? -999 : v)) : row)),
        labels,
      };
    },
  },
  '1% of the rows far out': {
    causes: ['outliers'],
    plant: (world, rng) => {
      const rows = chosen(rng, world.points.length, 0.01);
      const far = 100 * widest(world);
      return {
        ...world,
        points: world.points.map((row, i) => {
          if (!rows.has(i)) return row;
          const u = direction(rng, row.length);
          return row.map((v, c) => v + far * (1 + rng.uniform()) * u[c]!);
        }),
      };
    },
  },
  '10% of the labels wrong': {
    causes: ['label-noise'],
    plant: ({ points, labels }, rng) => {
      const k = Math.max(...labels) + 1;
      const rows = chosen(rng, points.length, 0.1);
      return { points, labels: labels.map((label, i) => (rows.has(i) ? (label + 1 + rng.integer(k - 1)) % k : label)) };
    },
  },
  'two groups under one label': {
    causes: ['hidden-groups'],
    plant: ({ points, labels }) => {
      const k = Math.max(...labels) + 1;
      return { points, labels: labels.map((label) => (label === k - 1 ? 0 : label)) };
    },
  },
  'labels of another division': {
    causes: ['other-groups', 'hidden-groups'],
    plant: (world, rng) => {
      // Labels of a weak division in a column of its own, across the groups.
      const labels = world.points.map(() => rng.integer(3));
      const unit = widest(world);
      return { ...withColumns(world, (i) => [0.7 * unit * labels[i]! + 0.1 * unit * rng.normal()]), labels };
    },
  },
  'every second row twice': {
    causes: ['duplicates'],
    plant: ({ points, labels }, rng) => {
      const rows = [...chosen(rng, points.length, 0.5)];
      return {
        points: [...points, ...rows.map((i) => points[i]!)],
        labels: [...labels, ...rows.map((i) => labels[i]!)],
      };
    },
  },
  'a class of scattered rows': {
    causes: ['noise-label'],
    plant: ({ points, labels }, rng) => {
      const k = Math.max(...labels) + 1;
      const low = points[0]!.map((_, c) => Math.min(...points.map((row) => row[c]!)));
      const high = points[0]!.map((_, c) => Math.max(...points.map((row) => row[c]!)));
      const more = Array.from({ length: Math.round(0.15 * points.length) }, () =>
        low.map((v, c) => v + (high[c]! - v) * (1.4 * rng.uniform() - 0.2)),
      );
      return { points: [...points, ...more], labels: [...labels, ...more.map(() => k)] };
    },
  },
  'eight columns of noise for each': {
    causes: ['uninformative-columns'],
    plant: (world, rng) => {
      const unit = widest(world);
      const added = 8 * world.points[0]!.length;
      return withColumns(world, () => Array.from({ length: added }, () => unit * rng.normal()));
    },
  },
  'one group dealt two labels': {
    causes: ['granularity', 'class-overlap'],
    plant: ({ points, labels }, rng) => {
      const k = Math.max(...labels) + 1;
      return { points, labels: labels.map((label) => (label === 0 && rng.uniform() < 0.5 ? k : label)) };
    },
  },
};

/** (c) One cause in a good world, or worlds that are their cause. */
export const PLANTED: readonly Row[] = [
  ...Object.entries(PLANTS).map(
    ([name, { causes, plant }]): Row => ({
      name,
      causes,
      make: (seed) => {
        const rng = new Rng(seed);
        return plant(good(rng), rng);
      },
    }),
  ),
  ...['moons', 'spirals', 'circles'].map(
    (name): Row => ({
      name,
      causes: ['shape'],
      make: (seed) => SHAPED[name]!(new Rng(seed)),
    }),
  ),
  { name: 'groups that are directions', causes: ['metric-choice'], make: (seed) => ANGLES.directions!(new Rng(seed)) },
  {
    name: 'round groups 1 sd apart',
    causes: ['class-overlap'],
    make: (seed) => {
      const rng = new Rng(seed);
      const [k, d] = [3 + rng.integer(3), pick(rng, [3, 5, 8])];
      const centres = Array.from({ length: k }, () => Array.from({ length: d }, () => rng.normal() / Math.sqrt(2 * d)));
      const labels = Array.from({ length: pick(rng, [200, 300, 400]) }, () => rng.integer(k));
      return { points: labels.map((c) => centres[c]!.map((v) => v + rng.normal())), labels };
    },
  },
];

/** Two causes, the first planted first. */
const TWO = [
  ['a class of scattered rows', 'a column of noise in a small unit'],
  ['a column of noise in a small unit', 'every second row twice'],
  ['1% of the rows far out', '10% of the labels wrong'],
  ['row numbers as a column', 'a column of noise in a small unit'],
] as const;

/** (f) Two causes at once. */
export const TWICE: readonly Row[] = [
  ...TWO.map(([first, second]): Row => {
    const [one, other] = [PLANTS[first]!, PLANTS[second]!];
    return {
      name: `${first}; ${second}`,
      causes: [...one.causes, ...other.causes],
      both: [one.causes, other.causes],
      make: (seed) => {
        const rng = new Rng(seed);
        return other.plant(one.plant(good(rng), rng), rng);
      },
    };
  }),
  ...['moons', 'spirals', 'circles'].map((name): Row => {
    const { causes, plant } = PLANTS['one group dealt two labels']!;
    return {
      name: `${name}; one group dealt two labels`,
      causes: ['shape', ...causes],
      both: [['shape'], causes],
      make: (seed) => {
        const rng = new Rng(seed);
        return plant(SHAPED[name]!(rng), rng);
      },
    };
  }),
];

/** (e) Groups, and labels dealt at random. */
export const DEALT: readonly Row[] = [
  {
    name: 'groups',
    make: (seed) => {
      const rng = new Rng(seed);
      const { points, labels } = good(rng);
      return { points, labels: rng.shuffle(labels) };
    },
  },
  {
    name: 'a cloud',
    make: (seed) => {
      const rng = new Rng(seed);
      const points = rowsOf(cloud(pick(rng, CLOUD_NAMES), { n: 400, d: 5, seed: rng.uint32() }));
      return { points, labels: points.map(() => rng.integer(4)) };
    },
  },
];
