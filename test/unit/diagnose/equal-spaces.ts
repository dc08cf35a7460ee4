import { Rng } from '../../../src/core/rng.js';
import { compareSpaces } from '../../../src/studies/spaces/compare-spaces.js';

/** Two spaces of one distribution: the same classes, noise of which the share `common` is the same in both. */
export interface EqualSpaces {
  readonly sizes: readonly number[];
  readonly d: number;
  readonly gap: number;
  readonly common: number;
}

export const EQUAL_SPACES: readonly EqualSpaces[] = [
  { sizes: [30, 30, 30], d: 2, gap: 2, common: 0 },
  { sizes: [50, 20, 10], d: 4, gap: 1.5, common: 0 },
  { sizes: [40, 40], d: 2, gap: 3, common: 0.5 },
  { sizes: [12, 12, 12, 12, 12, 12], d: 5, gap: 2.5, common: 0.3 },
  { sizes: [60, 60, 60], d: 8, gap: 0, common: 0 },
];

/** How often two spaces that do not differ are told apart at the 5% level, and how often the interval leaves 0 out. */
export function falseDifferences({ sizes, d, gap, common }: EqualSpaces, worlds: number, resamples = 100) {
  const counts = { silhouette: 0, neighborAgreement: 0 };
  for (let seed = 0; seed < worlds; seed++) {
    const rng = new Rng(seed);
    const labels = sizes.flatMap((size, c) => Array.from({ length: size }, () => c));
    const shared = labels.map(() => Array.from({ length: d }, () => rng.normal()));
    const space = () =>
      labels.map((c, i) =>
        shared[i]!.map(
          (v, j) =>
            (j === c % d ? gap * (1 + Math.floor(c / d)) : 0) +
            Math.sqrt(common) * v +
            Math.sqrt(1 - common) * rng.normal(),
        ),
      );
    const { differences } = compareSpaces({ a: space(), b: space() }, labels, { permutations: 1, resamples, seed });
    for (const { metric, p } of differences) if (p !== null && p <= 0.05) counts[metric]++;
  }
  return { silhouette: counts.silhouette / worlds, neighborAgreement: counts.neighborAgreement / worlds };
}
