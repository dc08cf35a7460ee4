import { binomialTail } from '../../statistics/binomial-tail.js';
import { normalTail } from '../../statistics/normal-tail.js';

/** `count` batches of `size` rows. */
export interface Batches {
  readonly size: number;
  readonly count: number;
}

/** Expected pairs from which on their number is close enough to normal. */
const MANY = 20;

const falling = (x: number, factors: number): number => {
  let product = 1;
  for (let j = 0; j < factors; j++) product *= x - j;
  return product;
};

/** Probabilities that two given rows, three, and two pairs of them each share a batch of the n rows. */
function meetings(n: number, kinds: readonly Batches[]) {
  const sum = (value: (kind: Batches) => number) => kinds.reduce((all, kind) => all + value(kind) * kind.count, 0);
  const over = (factors: number, value: number) => (n < factors ? 0 : value / falling(n, factors));
  const pairs = sum(({ size }) => falling(size, 2));
  const samePair = sum(({ size }) => falling(size, 2) ** 2);
  const fours = sum(({ size }) => falling(size, 4));
  return {
    two: over(2, pairs),
    three: over(
      3,
      sum(({ size }) => falling(size, 3)),
    ),
    twoPairs: over(4, fours + pairs ** 2 - samePair),
  };
}

/**
 * Whether pairs of rows of one class met in batches as often as shuffling makes them meet.
 *
 * Over `epochs` independent epochs the number of meetings has a mean and a variance in closed form:
 * two pairs share no row, one row, or are the same. p is two-sided, from the normal with these two
 * and a continuity correction, or, where fewer than 20 meetings are expected, twice the smaller tail
 * of a binomial over all pairs and epochs, which is exact for a class of two.
 *
 * Cost O(k + batch kinds).
 *
 * @param counts class sizes; the pairs of all of them are counted together.
 * @param observed meetings, each pair counted once per epoch.
 * @returns p in [0, 1], 0 where the number cannot vary and is another, or rounds to it.
 */
export function pairAgreement(
  counts: ArrayLike<number>,
  { n, kinds, epochs }: { readonly n: number; readonly kinds: readonly Batches[]; readonly epochs: number },
  observed: number,
): number {
  let pairs = 0;
  let sharing = 0;
  for (let c = 0; c < counts.length; c++) {
    pairs += falling(counts[c]!, 2) / 2;
    sharing += falling(counts[c]!, 3);
  }
  const { two, three, twoPairs } = meetings(n, kinds);
  const each = pairs * two;
  const mean = epochs * each;
  if (mean < MANY) {
    const trials = epochs * pairs;
    const above = binomialTail(observed, trials, two);
    const below = 1 - binomialTail(observed + 1, trials, two);
    return Math.min(1, 2 * Math.max(0, Math.min(above, below)));
  }
  const variance = epochs * (each + sharing * three + (pairs ** 2 - pairs - sharing) * twoPairs - each ** 2);
  const off = Math.max(0, Math.abs(observed - mean) - 0.5);
  // What cannot vary, as one batch of all rows, leaves no room for another number, rounding aside.
  if (variance <= 1e-9 * mean) return off === 0 ? 1 : 0;
  return Math.min(1, 2 * normalTail(off / Math.sqrt(variance)));
}
