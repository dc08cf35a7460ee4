import { distance as mlDistance } from 'ml-distance';
import { divergenceTerm } from '../kernels/divergence-term.js';
import type { Domain } from './domain.js';

/** A distance of two rows that lie in its domain. */
export type RowDistance = (p: Float64Array, q: Float64Array) => number;

/** A distance by name that is computed pair by pair. */
export interface NamedFunction {
  readonly fn: RowDistance;
  readonly domain: Domain;
  /** Default: symmetric. */
  readonly asymmetric?: true;
}

/** a / b with 0 / 0 = 0: a column that is 0 in both rows tells nothing apart. */
const ratio = (a: number, b: number) => (a === 0 ? 0 : a / b);

const sumOf =
  (term: (p: number, q: number) => number): RowDistance =>
  (p, q) => {
    let sum = 0;
    for (let c = 0; c < p.length; c++) sum += term(p[c]!, q[c]!);
    return sum;
  };

const gap = (p: number, q: number) => Math.abs(p - q);
const gaps = sumOf(gap);
const overlap = sumOf(Math.min);
const envelope = sumOf(Math.max);
const totals = sumOf((p, q) => p + q);
const sizesOfSums = sumOf((p, q) => Math.abs(p + q));

/** Half the squared distance of the roots: 1 - sum sqrt(p q) for rows that sum to 1, without its cancellation. */
const rootGaps = sumOf((p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2 / 2);
const lessOverlap: RowDistance = (p, q) => Math.min(1, rootGaps(p, q));

/** p ln(p / q) - p + q: sums to the relative entropy where both rows have the same sum; never negative. */
const relative = (p: number, q: number) => {
  if (p === 0) return q;
  if (q === 0) return Infinity;
  const t = (p - q) / q;
  return t < 1e300 ? q * divergenceTerm(t) : p * (Math.log(p) - Math.log(q)) - p + q;
};
/** (p + q) / 2, and more than 0 for the smallest numbers too. */
const middle = (p: number, q: number) => (p + q) / 2 || p + q;
/** p ln(2 p / (p + q)) + q ln(2 q / (p + q)). */
const toMean = (p: number, q: number) => (p === q ? 0 : relative(p, middle(p, q)) + relative(q, middle(p, q)));

const toMeans = sumOf(toMean);
const toMiddle = sumOf((p, q) => relative(p, middle(p, q)));

const soergel: RowDistance = (p, q) => ratio(gaps(p, q), envelope(p, q));
const sorensen: RowDistance = (p, q) => ratio(gaps(p, q), totals(p, q));
const chiSquare = sumOf((p, q) => ratio((p - q) ** 2, p + q));
const relativeGaps = sumOf((p, q) => ratio(gap(p, q), p + q) ** 2);

/** Columns of two rows of 0 and 1: in both, in neither, in the first only, in the second only. */
const counted =
  (of: (both: number, neither: number, first: number, second: number) => number): RowDistance =>
  (p, q) => {
    const counts: [number, number, number, number] = [0, 0, 0, 0];
    for (let c = 0; c < p.length; c++) counts[p[c] === 1 ? (q[c] === 1 ? 0 : 2) : q[c] === 1 ? 3 : 1]++;
    return of(...counts);
  };

const unequalShare: RowDistance = (p, q) => {
  let unequal = 0;
  for (let c = 0; c < p.length; c++) if (p[c] !== q[c]) unequal++;
  return unequal / p.length;
};
const doubledMismatches = counted((a, d, b, c) => (2 * (b + c)) / (a + d + 2 * (b + c)));

const haversine: RowDistance = (p, q) => {
  const chord =
    Math.sin((p[0]! - q[0]!) / 2) ** 2 + Math.cos(p[0]!) * Math.cos(q[0]!) * Math.sin((p[1]! - q[1]!) / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(Math.max(0, chord))));
};

const any = (fn: RowDistance): NamedFunction => ({ fn, domain: 'real' });
const amounts = (fn: RowDistance): NamedFunction => ({ fn, domain: 'nonnegative' });
const positive = (fn: RowDistance): NamedFunction => ({ fn, domain: 'positive' });
const shares = (fn: RowDistance): NamedFunction => ({ fn, domain: 'probability' });
const bits = (fn: RowDistance): NamedFunction => ({ fn, domain: 'binary' });

/** Those of ml-distance are its own where they hold on all of their domain; the others say 0 / 0 = 0, 0 ln 0 = 0, and round to no negative. */
export const NAMED_FUNCTIONS = {
  avg: any(mlDistance.avg),
  braycurtis: any((p, q) => ratio(gaps(p, q), sizesOfSums(p, q))),
  canberra: any(sumOf((p, q) => ratio(gap(p, q), Math.abs(p) + Math.abs(q)))),
  hamming: any(unequalShare),
  lorentzian: any(mlDistance.lorentzian),

  clark: amounts((p, q) => Math.sqrt(relativeGaps(p, q))),
  czekanowski: amounts(sorensen),
  divergence: amounts((p, q) => 2 * relativeGaps(p, q)),
  jensenDifference: amounts((p, q) => toMeans(p, q) / 2),
  kulczynski: amounts((p, q) => ratio(gaps(p, q), overlap(p, q))),
  probabilisticSymmetric: amounts((p, q) => 2 * chiSquare(p, q)),
  soergel: amounts(soergel),
  sorensen: amounts(sorensen),
  squared: amounts(chiSquare),
  squaredChord: amounts(mlDistance.squaredChord),
  tanimoto: amounts(soergel),
  topsoe: amounts(toMeans),
  waveHedges: amounts(sumOf((p, q) => ratio(gap(p, q), Math.max(p, q)))),

  additiveSymmetric: positive(mlDistance.additiveSymmetric),
  jeffreys: positive(mlDistance.jeffreys),
  kumarJohnson: positive(mlDistance.kumarJohnson),
  neyman: { ...positive(mlDistance.neyman), asymmetric: true },
  pearson: { ...positive(mlDistance.pearson), asymmetric: true },
  // ln of (p + q) / (2 sqrt(p q)) as that of the square, 1 + (p - q)^2 / (4 p q): no rounding below 0.
  taneja: positive(sumOf((p, q) => ((p + q) / 4) * Math.log1p(((p - q) / p) * ((p - q) / q) * 0.25))),

  bhattacharyya: shares((p, q) => Math.abs(Math.log1p(-lessOverlap(p, q)))),
  hellinger: shares((p, q) => Math.sqrt(lessOverlap(p, q))),
  intersection: shares((p, q) => Math.min(1, gaps(p, q) / 2)),
  kdivergence: { ...shares((p, q) => Math.min(Math.LN2, toMiddle(p, q))), asymmetric: true },
  kullbackLeibler: { ...shares(sumOf(relative)), asymmetric: true },
  matusita: shares((p, q) => Math.sqrt(2 * lessOverlap(p, q))),
  jensenshannon: {
    fn: (p, q) => Math.sqrt(Math.min(Math.LN2, toMeans(p, q) / 2)),
    domain: 'histogram',
  },

  dice: bits(counted((a, _, b, c) => ratio(b + c, 2 * a + b + c))),
  jaccard: bits(counted((a, _, b, c) => ratio(b + c, a + b + c))),
  matching: bits(unequalShare),
  rogerstanimoto: bits(doubledMismatches),
  sokalmichener: bits(doubledMismatches),
  sokalsneath: bits(counted((a, _, b, c) => ratio(2 * (b + c), a + 2 * (b + c)))),
  yule: bits(counted((a, d, b, c) => ratio(2 * b * c, a * d + b * c))),

  haversine: { fn: haversine, domain: 'geographic' },
} as const satisfies Readonly<Record<string, NamedFunction>>;

export type FunctionName = keyof typeof NAMED_FUNCTIONS;
