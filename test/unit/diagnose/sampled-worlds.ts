import { Rng } from '../../../src/core/rng.js';
import type { World } from './worlds.js';

/** What differs between simulated worlds. */
export interface WorldDesign {
  readonly n: number;
  readonly k: number;
  readonly d: number;
  /** 0: classes of one size; larger: sizes fall off as c^-imbalance. */
  readonly imbalance: number;
  /** 0: normal rows; larger: a heavy right tail. */
  readonly skew: number;
  readonly gap: number;
  /** Share of rows that are copies of the centre of their class, so that widths are equal. */
  readonly copies: number;
  /** Whether coordinates are whole numbers, so that very many distances are equal. */
  readonly grid: boolean;
  /** Share of the rows that is scored. */
  readonly share: number;
}

/** Designs over the whole range, the same for the same seed. */
export function designOf(seed: number): WorldDesign {
  const rng = new Rng(1_000_003 + seed);
  const pick = <T>(values: readonly T[]): T => values[rng.integer(values.length)]!;
  return {
    n: pick([200, 400, 800]),
    k: pick([2, 3, 5, 12, 30]),
    d: pick([2, 4, 10]),
    imbalance: pick([0, 0.7, 1.5]),
    skew: pick([0, 0.5, 1]),
    gap: pick([0, 1.5, 3, 6]),
    copies: pick([0, 0, 0, 0.3]),
    share: pick([0.05, 0.1, 0.3]),
    grid: pick([false, false, false, true]),
  };
}

/** A world of a design. */
export function sampledWorld({ n, k, d, imbalance, skew, gap, copies, grid }: WorldDesign, seed: number): World {
  const rng = new Rng(seed);
  const weights = Array.from({ length: k }, (_, c) => (c + 1) ** -imbalance);
  const all = weights.reduce((sum, w) => sum + w, 0);
  const centres = weights.map(() => Array.from({ length: d }, () => (gap * rng.normal()) / Math.sqrt(2)));
  const points: number[][] = [];
  const labels: string[] = [];
  weights.forEach((w, c) => {
    const size = Math.max(1, Math.round((n * w) / all));
    for (let i = 0; i < size; i++) {
      const copied = rng.uniform() < copies;
      points.push(
        centres[c]!.map((m) => {
          const noise = rng.normal();
          const value = copied ? m : m + (skew === 0 ? noise : (Math.exp(skew * noise) - 1) / skew);
          return grid ? Math.round(value) : value;
        }),
      );
      labels.push(`class ${c}`);
    }
  });
  return { points, labels };
}

/** Rows drawn anew from the population that a design and a seed stand for: classes, too, are drawn. */
export function drawnWorld(
  { n, k, d, imbalance, skew, gap, grid }: WorldDesign,
  population: number,
  seed: number,
): World {
  const centred = new Rng(population);
  const weights = Array.from({ length: k }, (_, c) => (c + 1) ** -imbalance);
  const all = weights.reduce((sum, w) => sum + w, 0);
  const centres = weights.map(() => Array.from({ length: d }, () => (gap * centred.normal()) / Math.sqrt(2)));
  const rng = new Rng(7_000_003 + population * 1009 + seed);
  const labels: string[] = [];
  const points = Array.from({ length: n }, () => {
    let left = rng.uniform() * all;
    let c = 0;
    while (c < k - 1 && left >= weights[c]!) left -= weights[c++]!;
    labels.push(`class ${c}`);
    return centres[c]!.map((m) => {
      const noise = rng.normal();
      const value = m + (skew === 0 ? noise : (Math.exp(skew * noise) - 1) / skew);
      return grid ? Math.round(value) : value;
    });
  });
  return { points, labels };
}
