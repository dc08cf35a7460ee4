import { Rng } from '../../../src/core/rng.js';
import { direction, rootOfChi, rotation, type Table, tableOf } from './draws.js';

interface Size {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly seed: number;
}

export interface LabelledTable {
  readonly points: Table;
  readonly labels: number[];
}

/** One group around a centre: its standard deviation along a direction, and a draw. */
interface Shape {
  readonly spread: (u: Float64Array) => number;
  readonly draw: () => ArrayLike<number>;
}

interface Kind {
  /** Distance of two centres over the sum of the spreads along it: 1.9 is a Bayes error of 2.9% of round groups. */
  readonly apart: number;
  readonly shape: (rng: Rng, d: number) => Shape;
  /** Sizes of groups relative to each other. */
  readonly weight?: (rng: Rng) => number;
}

function round(rng: Rng, d: number, scale = 1): Shape {
  return { spread: () => scale, draw: () => Array.from({ length: d }, () => scale * rng.normal()) };
}

/** One axis is four times as long as the others. */
function elongated(rng: Rng, d: number): Shape {
  const axis = direction(rng, d);
  return {
    spread: (u) => {
      let dot = 0;
      for (let c = 0; c < d; c++) dot += u[c]! * axis[c]!;
      return Math.sqrt(1 + 15 * dot * dot);
    },
    draw: () => {
      const along = Math.sqrt(15) * rng.normal();
      return Array.from({ length: d }, (_, c) => rng.normal() + along * axis[c]!);
    },
  };
}

const COMPACT = {
  'round, far': { apart: 3.5, shape: round },
  'round, near': { apart: 2.5, shape: round },
  'round, touching': { apart: 1.9, shape: round },
  elongated: { apart: 2.5, shape: elongated },
  'unequal size': { apart: 2.5, shape: round, weight: (rng) => 4 ** (2 * rng.uniform() - 1) },
  'unequal spread': { apart: 2.5, shape: (rng, d) => round(rng, d, 2 ** (2 * rng.uniform() - 1)) },
  'heavy tails': {
    apart: 3.5,
    shape: (rng, d) => ({
      spread: () => 1,
      draw: () => {
        const scale = rootOfChi(rng, 5);
        return Array.from({ length: d }, () => rng.normal() / scale);
      },
    }),
  },
  cubes: {
    apart: 2.5,
    shape: (rng, d) => ({
      spread: () => 1,
      draw: () => Array.from({ length: d }, () => Math.sqrt(12) * (rng.uniform() - 0.5)),
    }),
  },
} satisfies Record<string, Kind>;

/** The place of a row of group c on a curve in the plane, for t in [0, 1), and the noise around it. */
const CURVES = {
  moons: {
    noise: 0.1,
    at: (c: number, t: number) => {
      const angle = Math.PI * t;
      const side = c % 2;
      const x = side === 0 ? Math.cos(angle) : 1 - Math.cos(angle);
      return [x + 2 * (c - side), side === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)] as const;
    },
  },
  circles: {
    noise: 0.1,
    at: (c: number, t: number) => [(c + 1) * Math.cos(2 * Math.PI * t), (c + 1) * Math.sin(2 * Math.PI * t)] as const,
  },
  spirals: {
    noise: 0.1,
    at: (c: number, t: number, k: number) => {
      const turn = 0.5 + 1.75 * Math.PI * Math.sqrt(t);
      const angle = turn + (2 * Math.PI * c) / k;
      return [(turn * k * Math.cos(angle)) / 3, (turn * k * Math.sin(angle)) / 3] as const;
    },
  },
} as const;

export type GroupsName = keyof typeof COMPACT | keyof typeof CURVES;
export const COMPACT_NAMES = Object.keys(COMPACT) as (keyof typeof COMPACT)[];
export const CURVE_NAMES = Object.keys(CURVES) as (keyof typeof CURVES)[];
export const GROUPS_NAMES: readonly GroupsName[] = [...COMPACT_NAMES, ...CURVE_NAMES];

/** Sizes of at least 15 rows that sum to n, in proportion to the weights. */
function sizesOf(n: number, weights: readonly number[]): number[] {
  const least = Math.min(15, Math.floor(n / weights.length));
  const sum = weights.reduce((a, b) => a + b, 0);
  const sizes = weights.map((w) => least + Math.floor(((n - least * weights.length) * w) / sum));
  sizes[0]! += n - sizes.reduce((a, b) => a + b, 0);
  return sizes;
}

function compact(kind: Kind, { n, d, k, seed }: Size): LabelledTable {
  const rng = new Rng(seed);
  const shapes = Array.from({ length: k }, () => kind.shape(rng, d));
  const centres: Float64Array[] = [new Float64Array(d)];
  // Each further centre steps out from an earlier one until it is apart from all.
  for (let c = 1; c < k; c++) {
    const from = centres[rng.integer(c)]!;
    const u = direction(rng, d);
    for (let step = 0; centres.length === c; step += 0.1) {
      const centre = from.map((v, j) => v + step * u[j]!);
      const clear = centres.every((other, b) => {
        const line = centre.map((v, j) => v - other[j]!);
        const length = Math.hypot(...line);
        if (length === 0) return false;
        const along = line.map((v) => v / length);
        return length >= kind.apart * (shapes[b]!.spread(along) + shapes[c]!.spread(along));
      });
      if (clear) centres.push(centre);
    }
  }
  const weights = Array.from({ length: k }, () => kind.weight?.(rng) ?? 1);
  const labels = rng.shuffle(sizesOf(n, weights).flatMap((size, c) => new Array<number>(size).fill(c)));
  const points = tableOf(n, d, (i) => {
    const row = Float64Array.from(shapes[labels[i]!]!.draw());
    return row.map((v, c) => v + centres[labels[i]!]![c]!);
  });
  return { points, labels };
}

/** Curves in a plane that is turned into d columns; noise of the same size in the others. */
function curved(name: keyof typeof CURVES, { n, d, k, seed }: Size): LabelledTable {
  const rng = new Rng(seed);
  const { noise, at } = CURVES[name];
  const weights = Array.from({ length: k }, (_, c) => (name === 'circles' ? c + 1 : 1));
  const labels = rng.shuffle(sizesOf(n, weights).flatMap((size, c) => new Array<number>(size).fill(c)));
  const axes = rotation(rng, d);
  const points = tableOf(n, d, (i) => {
    const [x, y] = at(labels[i]!, rng.uniform(), k);
    const row = new Float64Array(d);
    axes.forEach((axis, a) => {
      const along = (a === 0 ? x : a === 1 ? y : 0) + noise * rng.normal();
      for (let c = 0; c < d; c++) row[c]! += along * axis[c]!;
    });
    return row;
  });
  return { points, labels };
}

/** k groups that are there, with their true labels 0 .. k - 1. Curves (moons, circles, spirals) need d >= 2. */
export function groups(name: GroupsName, size: Size): LabelledTable {
  return name in CURVES
    ? curved(name as keyof typeof CURVES, size)
    : compact(COMPACT[name as keyof typeof COMPACT], size);
}
