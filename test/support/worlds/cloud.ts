import { Rng } from '../../../src/core/rng.js';
import { direction, rootOfChi, rotation, type Table, tableOf } from './draws.js';

interface Size {
  readonly n: number;
  readonly d: number;
  readonly seed: number;
}

type Row = (i: number) => ArrayLike<number>;

const exponential = (rng: Rng) => -Math.log(1 - rng.uniform());

/** Makes the function that draws one row of a cloud. */
const CLOUDS = {
  'uniform cube': (rng, d) => () => Array.from({ length: d }, () => rng.uniform()),
  'uniform ball': (rng, d) => () => direction(rng, d).map((v) => v * rng.uniform() ** (1 / d)),
  simplex: (rng, d) => () => {
    const parts = Array.from({ length: d + 1 }, () => exponential(rng));
    const sum = parts.reduce((a, b) => a + b, 0);
    return parts.slice(0, d).map((v) => v / sum);
  },
  gaussian: (rng, d) => () => Array.from({ length: d }, () => rng.normal()),
  correlated: (rng, d) => {
    const axes = rotation(rng, d);
    return () => {
      const row = new Float64Array(d);
      axes.forEach((axis, a) => {
        const along = rng.normal() * 0.7 ** a;
        for (let c = 0; c < d; c++) row[c]! += along * axis[c]!;
      });
      return row;
    };
  },
  t3: (rng, d) => () => {
    const scale = rootOfChi(rng, 3);
    return Array.from({ length: d }, () => rng.normal() / scale);
  },
  t5: (rng, d) => () => {
    const scale = rootOfChi(rng, 5);
    return Array.from({ length: d }, () => rng.normal() / scale);
  },
  exponential: (rng, d) => () => Array.from({ length: d }, () => exponential(rng)),
  'log-normal': (rng, d) => () => Array.from({ length: d }, () => Math.exp(0.6 * rng.normal())),
  ring: (rng, d) => () => {
    const angle = 2 * Math.PI * rng.uniform();
    const radius = 1 + 0.1 * rng.normal();
    return Array.from({ length: d }, (_, c) =>
      c === 0 ? radius * Math.cos(angle) : c === 1 ? radius * Math.sin(angle) : 0.1 * rng.normal(),
    );
  },
  strip: (rng, d) => () => Array.from({ length: d }, (_, c) => (c === 0 ? 10 : 1) * rng.uniform()),
  'swiss roll': (rng, d) => () => {
    const turn = 1.5 * Math.PI * (1 + 2 * rng.uniform());
    return Array.from({ length: d }, (_, c) =>
      c === 0
        ? turn * Math.cos(turn)
        : c === 1
          ? turn * Math.sin(turn)
          : c === 2
            ? 21 * rng.uniform()
            : 0.3 * rng.normal(),
    );
  },
  'one heavy column': (rng, d) => () =>
    Array.from({ length: d }, (_, c) => (c === 0 ? (3 * rng.normal()) / rootOfChi(rng, 2) : rng.normal())),
  integers: (rng, d) => () => Array.from({ length: d }, () => Math.round(2 * rng.normal())),
} satisfies Record<string, (rng: Rng, d: number) => Row>;

export type CloudName = keyof typeof CLOUDS;
export const CLOUD_NAMES = Object.keys(CLOUDS) as CloudName[];

/** Points of one cloud, without groups. Ring needs d >= 2, the swiss roll d >= 3; further columns are noise. */
export function cloud(name: CloudName, { n, d, seed }: Size): Table {
  return tableOf(n, d, CLOUDS[name](new Rng(seed), d));
}
