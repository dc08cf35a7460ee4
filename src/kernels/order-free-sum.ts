/**
 * A sum that does not depend on the order of its terms, to the bit: each term is split into multiples of
 * two units so coarse that neither part is ever rounded when it is added (Demmel and Nguyen 2015,
 * doi:10.1109/TC.2014.2345391).
 */
export interface OrderFreeSum {
  high: number;
  low: number;
}

/** What splits the terms of sums. */
export interface Splitter {
  readonly high: number;
  readonly low: number;
}

/** For sums of at most `count` terms in [0, 1] that add up to at most `total`. */
export function splitterFor(count: number, total = count): Splitter {
  const bits = Math.ceil(Math.log2(total + 1)) + 1;
  // A number added to 1.5 * 2^b and taken away again is rounded to a multiple of 2^(b - 52).
  return { high: 1.5 * 2 ** bits, low: 1.5 * 2 ** (bits + Math.ceil(Math.log2(count + 1)) - 52) };
}

export const emptySum = (): OrderFreeSum => ({ high: 0, low: 0 });

export function addTerm(sum: OrderFreeSum, term: number, splitter: Splitter): void {
  const high = term + splitter.high - splitter.high;
  sum.high += high;
  sum.low += term - high + splitter.low - splitter.low;
}

export const sumOf = ({ high, low }: OrderFreeSum): number => high + low;
