import { readDataset } from '../../../src/data/dataset.js';
import { neighborAgreement } from '../../../src/metrics/internal/neighbor-agreement.js';
import { independentNeighbors, shareInterval } from '../../../src/statistics/share-interval.js';
import { CLAIMABLE } from '../../../src/studies/claims/claim-conventions.js';
import { checkClaims, readClaims } from '../../../src/studies/claims/verify-claims.js';
import { designOf, drawnWorld } from './sampled-worlds.js';

/** Indices whose interval over other rows `verifyClaims` gives. */
export const RESAMPLED = [
  'silhouette',
  'neighborAgreement',
  'daviesBouldin',
  'calinskiHarabasz',
  'xieBeni',
  'simplifiedSilhouette',
  'medoidSilhouette',
] as const;

const ROWS = [60, 120, 200] as const;
/** Classes without distance between them have no structure: ratios to their distances are degenerate there. */
const GAPS = [1.5, 3, 6];
const NINETY = 1.645;

/**
 * How often intervals over other rows hold the mean of the index over draws of as many rows from the same
 * population; the geometric mean of a ratio without upper bound. Shares by index; 'overlap' is Wilson's 90% interval of the finding on overlap.
 */
export function coverageOfPopulations(worlds: number, draws = 60): Readonly<Record<string, number>> {
  const held: Record<string, number> = Object.fromEntries([...RESAMPLED, 'overlap'].map((name) => [name, 0]));
  for (let seed = 0; seed < worlds; seed++) {
    const design = {
      ...designOf(seed),
      gap: GAPS[Math.floor(seed / 9) % GAPS.length]!,
      n: ROWS[seed % ROWS.length]!,
      k: [2, 3, 5][Math.floor(seed / 3) % 3]!,
      copies: 0,
    };
    const draw = (t: number) => {
      const { points, labels } = drawnWorld(design, seed, t);
      return readDataset('coverage', points, labels);
    };
    const own = draw(0);
    const settings = { metric: 'euclidean', noiseLabel: undefined, seed, firstOnly: true } as const;
    const others = Array.from({ length: draws }, (_, t) => draw(t + 1));
    for (const name of RESAMPLED) {
      const values = others.map((data) => CLAIMABLE[name]!.compute(data, settings)[0]!.value);
      const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
      const ratio = CLAIMABLE[name]!.range[1] === null;
      const truth = ratio ? Math.exp(mean(values.map(Math.log))) : mean(values);
      const { interval } = checkClaims(own, readClaims('coverage', { [name]: '0.123456' }), {
        metric: 'euclidean',
        standardize: false,
        noiseLabel: undefined,
        resamples: 60,
        exactRows: 10_000,
        sampleOnly: true,
        seed,
      })[0]!;
      if (interval !== null && interval.low <= truth + 1e-12 && truth <= interval.high + 1e-12) held[name]!++;
      if (name !== 'neighborAgreement') continue;
      const [low, high] = shareInterval(neighborAgreement(own).score, independentNeighbors(own.n, own.n), NINETY);
      if (low <= truth + 1e-12 && truth <= high + 1e-12) held.overlap!++;
    }
  }
  return Object.fromEntries(Object.entries(held).map(([name, count]) => [name, count / worlds]));
}
