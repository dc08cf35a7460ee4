import { readDataset } from '../../../src/data/dataset.js';
import { roundsTo } from '../../../src/studies/claims/claimed-number.js';
import { checkClaims, readClaims } from '../../../src/studies/claims/verify-claims.js';
import { filterMoves } from '../../../src/studies/filters/filter-moves.js';
import { filteredSilhouettes } from '../../../src/studies/filters/filtered-silhouettes.js';
import { designOf, sampledWorld } from './sampled-worlds.js';

/** What became of simulated claims: shares of intervals that hold the exact value, and counts of wrong verdicts. */
export interface SampleCoverage {
  readonly claims: number;
  readonly micro: number;
  readonly macro: number;
  readonly agreement: number;
  /** Of the worlds in which a filter drops classes: the silhouette after the first that does, and its gain. */
  readonly filtered: { readonly worlds: number; readonly score: number; readonly gain: number };
  /** Called reproduced, although no convention gives the claim exactly. */
  readonly wronglyReproduced: number;
  /** Called refuted, although a convention gives the claim exactly. */
  readonly wronglyRefuted: number;
  readonly verdicts: Readonly<Record<string, number>>;
  /** Shares by design, for a table. */
  readonly groups: Readonly<Record<string, { held: number; of: number }>>;
}

/** Sampled claims of silhouettes in simulated worlds; half of the claims are true to their digits, half are near. */
export function coverageOfSamples(worlds: number, first = 0): SampleCoverage {
  let micro = 0;
  let macro = 0;
  let agreement = 0;
  const filtered = { worlds: 0, score: 0, gain: 0 };
  let wronglyReproduced = 0;
  let wronglyRefuted = 0;
  const verdicts: Record<string, number> = {};
  const groups: Record<string, { held: number; of: number }> = {};
  for (let seed = first; seed < first + worlds; seed++) {
    const design = designOf(seed);
    const { points, labels } = sampledWorld(design, seed);
    const data = readDataset('coverage', points, labels);
    const scored = Math.max(2 * data.k, Math.round(design.share * data.n));
    const settings = { metric: 'euclidean', standardize: false, noiseLabel: undefined, resamples: 20, seed } as const;
    const claim = (value: string) => readClaims('coverage', { silhouette: value });
    const inside = ({ low, high }: { low: number; high: number }, value: number) =>
      low - 1e-12 <= value && value <= high + 1e-12;
    const exact = checkClaims(data, claim('0'), { ...settings, exactRows: data.n, sampleOnly: false })[0]!;
    const truth = exact.recomputed!;
    const decimals = 1 + (seed % 3);
    const off = seed % 2 === 0 ? 0 : (seed % 4 === 1 ? 1 : -1) * (seed % 5) * 10 ** -decimals;
    const stated = (truth + off).toFixed(decimals);
    const sampling = { ...settings, exactRows: 10, scored };
    const drawn = checkClaims(data, claim(stated), { ...sampling, sampleOnly: true })[0]!;
    const sampled = seed % 3 === 0 ? checkClaims(data, claim(stated), { ...sampling, sampleOnly: false })[0]! : drawn;
    const given = claim(stated)[0]!.claim;
    const gives = exact.conventions.some(({ value }) => value !== null && roundsTo(value, given));
    if (sampled.verdict === 'reproduced' && !gives) wronglyReproduced++;
    if (sampled.verdict === 'refuted' && gives) wronglyRefuted++;
    verdicts[sampled.verdict] = (verdicts[sampled.verdict] ?? 0) + 1;
    const holds = (position: number) => {
      const { low, high } = drawn.conventions[position]!.interval!;
      const value = exact.conventions[position]!.value!;
      return inside({ low, high }, value);
    };
    const agreeing = readClaims('coverage', { neighborAgreement: '0.50' });
    const near = (given: Partial<Parameters<typeof checkClaims>[2]>) =>
      checkClaims(data, agreeing, { ...settings, exactRows: 10, sampleOnly: true, ...given })[0]!.conventions[0]!;
    if (inside(near({ scored }).interval!, near({ exactRows: data.n }).value!)) agreement++;
    const filters = (most: number | undefined) =>
      filterMoves(filteredSilhouettes('coverage', data, [3, 10, 40], { ...settings, permutations: 0, most }))[1];
    const whole = filters(undefined);
    const some = filters(scored)?.intervals;
    if (whole !== undefined && some !== undefined) {
      filtered.worlds++;
      if (inside(some.score, whole.score)) filtered.score++;
      if (inside(some.total, whole.gain.total)) filtered.gain++;
    }
    if (holds(0)) micro++;
    if (holds(1)) macro++;
    for (const name of ['n', 'k', 'imbalance', 'skew', 'copies', 'share', 'gap', 'grid'] as const) {
      const key = `${name} ${design[name]}`;
      const { held, of } = groups[key] ?? { held: 0, of: 0 };
      groups[key] = { held: held + (holds(0) ? 1 : 0), of: of + 1 };
    }
  }
  return {
    claims: worlds,
    micro: micro / worlds,
    macro: macro / worlds,
    agreement: agreement / worlds,
    filtered: {
      worlds: filtered.worlds,
      score: filtered.score / filtered.worlds,
      gain: filtered.gain / filtered.worlds,
    },
    wronglyReproduced,
    wronglyRefuted,
    verdicts,
    groups,
  };
}
