import type { MetricName } from '../../src/index.js';
import type { Distance } from './distance.js';

/**
 * The formulas of Cha 2007 as they are printed, column by column, with 0 / 0 = 0 and 0 ln 0 = 0; of Gower 1971
 * and of the textbooks for what scipy lacks. Rows of `probability` names sum to 1.
 */
const sum = (p: readonly number[], q: readonly number[], term: (a: number, b: number) => number) =>
  p.reduce((total, a, c) => total + (Number.isNaN(term(a, q[c]!)) ? 0 : term(a, q[c]!)), 0);
const share = (a: number, b: number) => (a === 0 && b === 0 ? 0 : a / b);
const gaps: Distance = (p, q) => sum(p, q, (a, b) => Math.abs(a - b));
const most = (p: readonly number[], q: readonly number[], of: (a: number, b: number) => number) =>
  Math.max(...p.map((a, c) => of(a, q[c]!)));
const least = (p: readonly number[], q: readonly number[]) => sum(p, q, Math.min);
const overlapOfRoots: Distance = (p, q) => sum(p, q, (a, b) => Math.sqrt(a * b));
const entropyTo = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));

export const NAIVE_NAMED = {
  lorentzian: (p, q) => sum(p, q, (a, b) => Math.log(1 + Math.abs(a - b))),
  avg: (p, q) => (gaps(p, q) + most(p, q, (a, b) => Math.abs(a - b))) / 2,
  sorensen: (p, q) =>
    share(
      gaps(p, q),
      sum(p, q, (a, b) => a + b),
    ),
  czekanowski: (p, q) =>
    least(p, q) === sum(p, q, (a, b) => a + b) ? 0 : 1 - (2 * least(p, q)) / sum(p, q, (a, b) => a + b),
  soergel: (p, q) => share(gaps(p, q), sum(p, q, Math.max)),
  tanimoto(p, q) {
    const both = sum(p, q, (a, b) => a + b);
    return share(both - 2 * least(p, q), both - least(p, q));
  },
  kulczynski: (p, q) => share(gaps(p, q), least(p, q)),
  waveHedges: (p, q) => sum(p, q, (a, b) => (a === b ? 0 : 1 - Math.min(a, b) / Math.max(a, b))),
  clark: (p, q) => Math.sqrt(sum(p, q, (a, b) => share(Math.abs(a - b), a + b) ** 2)),
  divergence: (p, q) => 2 * sum(p, q, (a, b) => share((a - b) ** 2, (a + b) ** 2)),
  squared: (p, q) => sum(p, q, (a, b) => share((a - b) ** 2, a + b)),
  probabilisticSymmetric: (p, q) => 2 * sum(p, q, (a, b) => share((a - b) ** 2, a + b)),
  squaredChord: (p, q) => sum(p, q, (a, b) => (Math.sqrt(a) - Math.sqrt(b)) ** 2),
  topsoe: (p, q) => sum(p, q, (a, b) => entropyTo(a, (a + b) / 2) + entropyTo(b, (a + b) / 2)),
  jensenDifference(p, q) {
    const entropy = (a: number) => (a === 0 ? 0 : a * Math.log(a));
    return sum(p, q, (a, b) => (entropy(a) + entropy(b)) / 2 - entropy((a + b) / 2));
  },
  additiveSymmetric: (p, q) => sum(p, q, (a, b) => ((a - b) ** 2 * (a + b)) / (a * b)),
  jeffreys: (p, q) => sum(p, q, (a, b) => (a - b) * Math.log(a / b)),
  kumarJohnson: (p, q) => sum(p, q, (a, b) => (a ** 2 - b ** 2) ** 2 / (2 * (a * b) ** 1.5)),
  taneja: (p, q) => sum(p, q, (a, b) => ((a + b) / 2) * Math.log((a + b) / (2 * Math.sqrt(a * b)))),
  pearson: (p, q) => sum(p, q, (a, b) => (a - b) ** 2 / b),
  neyman: (p, q) => sum(p, q, (a, b) => (a - b) ** 2 / a),
  hellinger: (p, q) => Math.sqrt(Math.max(0, 1 - overlapOfRoots(p, q))),
  matusita: (p, q) => Math.sqrt(Math.max(0, 2 - 2 * overlapOfRoots(p, q))),
  bhattacharyya: (p, q) => -Math.log(overlapOfRoots(p, q)),
  intersection: (p, q) => 1 - least(p, q),
  kullbackLeibler: (p, q) => sum(p, q, entropyTo),
  kdivergence: (p, q) => sum(p, q, (a, b) => entropyTo(a, (a + b) / 2)),
} satisfies Partial<Record<MetricName, Distance>>;

/** Gower 1971: the mean over columns of |a - b| over the range of the column. */
export function naiveGower(points: readonly (readonly number[])[], i: number, j: number): number {
  const columns = points[0]!.map((_, c) => points.map((row) => row[c]!));
  const parts = columns.map((column) => {
    const range = Math.max(...column) - Math.min(...column);
    return range === 0 ? 0 : Math.abs(column[i]! - column[j]!) / range;
  });
  return parts.reduce((a, b) => a + b, 0) / parts.length;
}
