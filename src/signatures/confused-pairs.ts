import { binomialTail } from '../statistics/binomial-tail.js';
import { benjaminiHochberg } from '../statistics/false-discovery.js';
import type { SharedNeighbors } from './shared-neighbors.js';

/** Two classes of which rows are neighbours, by their codes, a < b. */
export interface ConfusedPair {
  readonly a: number;
  readonly b: number;
  /** Pairs of neighbouring rows between the two, mutual ones counted once. */
  readonly count: number;
  /** What the two classes' own numbers of confusions and the sizes of the classes lead to expect. */
  readonly expected: number;
  readonly p: number;
  readonly q: number;
}

/** The largest least p of a test that counts: no more tests than that can reach alpha over their number (Tarone 1990). */
function reachableLevel(least: Float64Array, alpha: number): number {
  const sorted = least.slice().sort();
  let number = 1;
  let at = 0;
  const within = () => {
    while (at > 0 && sorted[at - 1]! > alpha / number) at--;
    return at;
  };
  at = sorted.length;
  while (within() > number) number++;
  return alpha / number;
}

/**
 * Pairs of classes that are confused, the most confusions first, each beside its expectation under
 * quasi-independence: a confused row of class a is confused with class b in proportion to the size of b
 * among the other classes, n_b / (n - n_a). A class that is confused often is thus expected to be confused
 * with everyone, and what stands out is with whom.
 *
 * p is one-sided and binomial over the confusions that touch one of the two classes; with the trials of
 * unequal probability that it stands for, it is too large rather than too small (Hoeffding 1956,
 * doi:10.1214/aoms/1177728178). q is p adjusted (Benjamini-Hochberg) for all pairs of classes that could
 * reach the level with their numbers of confusions, whether they meet or not (Tarone 1990,
 * doi:10.2307/2531456; Gilbert 2005, doi:10.1111/j.1467-9876.2005.00475.x); the others have q = 1.
 *
 * Shares of ties add up to no whole count: p is that of the next smaller one.
 *
 * Cost O(k^2 log k).
 *
 * @param counts rows of each class, 0 for a class that is left out.
 */
export function confusedPairs(
  between: SharedNeighbors['between'],
  outgoing: SharedNeighbors['outgoing'],
  counts: ArrayLike<number>,
  alpha: number,
): ConfusedPair[] {
  const sizes = Array.from(counts);
  const n = sizes.reduce((sum, size) => sum + size, 0);
  const expectation = (a: number, b: number) => {
    const trials = Math.ceil(outgoing[a]! + outgoing[b]! - 1e-9);
    const expected = (outgoing[a]! * sizes[b]!) / (n - sizes[a]!) + (outgoing[b]! * sizes[a]!) / (n - sizes[b]!);
    return { trials, expected, share: trials === 0 ? 1 : Math.min(1, expected / trials) };
  };
  const present = [...sizes.keys()].filter((c) => sizes[c]! > 0);
  const least = Float64Array.from(
    present.flatMap((a, position) =>
      present.slice(position + 1).map((b) => {
        const { trials, share } = expectation(a, b);
        return share ** trials;
      }),
    ),
  );
  const level = reachableLevel(least, alpha);
  const tests = least.filter((p) => p <= level).length;
  const tested = between.map((pair) => {
    const { trials, expected, share } = expectation(pair.a, pair.b);
    const p = binomialTail(Math.floor(pair.count + 1e-9), trials, share);
    return { ...pair, expected, p, counts: share ** trials <= level };
  });
  const counted = tested.filter(({ counts: within }) => within);
  const q = new Map(
    benjaminiHochberg(
      counted.map(({ p }) => p),
      tests,
    ).map((value, i) => [counted[i]!, value]),
  );
  return tested
    .map((pair) => {
      const { a, b, count, expected, p } = pair;
      return { a, b, count, expected, p, q: q.get(pair) ?? 1 };
    })
    .sort((x, y) => y.count - x.count || x.p - y.p || x.a - y.a || x.b - y.b);
}
