import { Rng } from '../../../src/core/rng.js';

/** How the numbers of a world look. */
export const KINDS = ['real', 'skewed', 'integer', 'binary', 'counts', 'sparse', 'one-hot', 'mixed'] as const;
export type WorldKind = (typeof KINDS)[number];

export interface World {
  readonly points: number[][];
  readonly labels: string[];
}

/** One column with a value for each row, given its class; every class has a place of its own in it. */
type Draw = (rng: Rng, k: number) => (label: number) => number;

function poisson(rng: Rng, mean: number): number {
  let product = rng.uniform();
  let count = 0;
  for (const limit = Math.exp(-mean); product > limit; count++) product *= rng.uniform();
  return count;
}

/** A value for each class, not the same for all. */
function different(k: number, draw: () => number): number[] {
  for (;;) {
    const values = Array.from({ length: k }, draw);
    if (new Set(values).size > 1) return values;
  }
}

const centres = (rng: Rng, k: number, spread: number) => Array.from({ length: k }, () => spread * rng.normal());

const DRAWS: Readonly<Record<Exclude<WorldKind, 'mixed' | 'one-hot'>, Draw>> = {
  real: (rng, k) => {
    const at = centres(rng, k, 2.5);
    return (label) => at[label]! + rng.normal();
  },
  skewed: (rng, k) => {
    const at = centres(rng, k, 1.5);
    return (label) => Math.exp(0.6 * (at[label]! + rng.normal()));
  },
  integer: (rng, k) => {
    const at = centres(rng, k, 25);
    return (label) => Math.round(50 + at[label]! + 10 * rng.normal());
  },
  binary: (rng, k) => {
    const share = different(k, () => (rng.uniform() < 0.5 ? 0.1 : 0.9));
    return (label) => (rng.uniform() < share[label]! ? 1 : 0);
  },
  counts: (rng, k) => {
    const mean = Array.from({ length: k }, () => Math.exp(3 * rng.uniform()));
    return (label) => poisson(rng, mean[label]!);
  },
  sparse: (rng, k) => {
    const share = different(k, () => (rng.uniform() < 0.3 ? 0.7 : 0.05));
    return (label) => (rng.uniform() < share[label]! ? 1 + poisson(rng, 2) : 0);
  },
};

/** The columns of one category of some values: each class prefers one of them. */
function category(rng: Rng, k: number): (label: number) => number[] {
  const values = 3 + rng.integer(3);
  const preferred = different(k, () => rng.integer(values));
  return (label) => {
    const value = rng.uniform() < 0.85 ? preferred[label]! : rng.integer(values);
    return Array.from({ length: values }, (_, c) => (c === value ? 1 : 0));
  };
}

/** A good world: classes that the points show, every column informative to some extent. */
export function goodWorld(kind: WorldKind, n: number, d: number, k: number, seed: number): World {
  const rng = new Rng(seed);
  const makers: ((label: number) => number[])[] = [];
  let width = 0;
  while (width < d) {
    const plain = kind === 'mixed' ? (['real', 'integer', 'binary', 'counts'] as const)[rng.integer(4)]! : kind;
    if (plain === 'one-hot') {
      makers.push(category(rng, k));
      width += 3;
      continue;
    }
    const draw = DRAWS[plain](rng, k);
    makers.push((label) => [draw(label)]);
    width++;
  }
  const codes = rng.shuffle(Array.from({ length: n }, (_, i) => i % k));
  return {
    points: codes.map((label) => makers.flatMap((make) => make(label))),
    labels: codes.map((label) => `c${label}`),
  };
}

/** The world with one more column; `make` gives its values. */
export function withColumn({ points, labels }: World, make: (i: number) => number): World {
  return { points: points.map((row, i) => [...row, make(i)]), labels };
}
