/** How far two class distributions are apart. */
export type BalanceDistance = 'totalVariation' | 'hellinger' | 'euclidean' | 'chebyshev' | 'kullbackLeibler';

export const BALANCE_DISTANCES: readonly BalanceDistance[] = [
  'totalVariation',
  'hellinger',
  'euclidean',
  'chebyshev',
  'kullbackLeibler',
];

/** Distance of a distribution from the balanced one, whose shares are all q, up to a common factor. */
const FROM_BALANCE: Readonly<Record<BalanceDistance, (shares: readonly number[], q: number) => number>> = {
  totalVariation: (shares, q) => shares.reduce((sum, p) => sum + Math.abs(p - q), 0),
  hellinger: (shares, q) => Math.sqrt(shares.reduce((sum, p) => sum + (Math.sqrt(p) - Math.sqrt(q)) ** 2, 0)),
  euclidean: (shares, q) => Math.sqrt(shares.reduce((sum, p) => sum + (p - q) ** 2, 0)),
  chebyshev: (shares, q) => shares.reduce((largest, p) => Math.max(largest, Math.abs(p - q)), 0),
  kullbackLeibler: (shares, q) => shares.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p / q) : 0), 0),
};

/**
 * Imbalance degree of k positive counts with sum n: d(p, e) / d(i_m, e) + (m - 1), where e is the
 * balanced distribution, m the number of minority classes (share below 1/k), and i_m the most
 * unbalanced distribution with m of them: m shares 0, one (m + 1)/k, the rest 1/k.
 *
 * 0 when balanced or k = 1, otherwise in (m - 1, m], so at most k - 1; lower is more balanced.
 * Source: Ortigosa-Hernandez, Inza and Lozano 2017, doi:10.1016/j.patrec.2017.08.002.
 */
export function imbalanceDegree(counts: ArrayLike<number>, n: number, distance: BalanceDistance): number {
  const sizes = Array.from(counts);
  const k = sizes.length;
  // In whole numbers: a share of exactly 1/k must not count as a minority.
  const minorities = sizes.filter((count) => count * k < n).length;
  if (minorities === 0) return 0;
  const extreme = sizes.map((_, c) => (c < minorities ? 0 : c === minorities ? (minorities + 1) / k : 1 / k));
  const from = FROM_BALANCE[distance];
  const shares = sizes.map((count) => count / n);
  return Math.min(1, from(shares, 1 / k) / from(extreme, 1 / k)) + (minorities - 1);
}
