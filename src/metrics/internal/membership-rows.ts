import type { Memberships } from './memberships.js';

/** Of each row the columns of its largest, second and third membership; of equal ones the first column comes first. */
export interface RankedColumns {
  readonly first: Int32Array;
  readonly second: Int32Array;
  /** -1 where there are two columns. */
  readonly third: Int32Array;
}

export function rankColumns({ data, n, k }: Memberships): RankedColumns {
  const [first, second, third] = [0, 1, 2].map(() => new Int32Array(n).fill(-1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  for (let i = 0; i < n; i++) {
    let [a, b, c] = [-1, -1, -1];
    const above = (value: number, column: number) => column === -1 || value > data[i * k + column]!;
    for (let j = 0; j < k; j++) {
      const value = data[i * k + j]!;
      if (above(value, a)) [a, b, c] = [j, a, b];
      else if (above(value, b)) [b, c] = [j, b];
      else if (above(value, c)) c = j;
    }
    first[i] = a;
    second[i] = b;
    third[i] = c;
  }
  return { first, second, third };
}

/** Entropy of each row in nats, 0 log 0 = 0; a value that rounding put below 0 counts as 0. */
export function rowEntropies({ data, n, k }: Memberships): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < k; j++) {
      const share = data[i * k + j]!;
      if (share > 0 && share < 1) sum -= share * Math.log(share);
    }
    return sum;
  });
}

/**
 * Odds up to which one membership is not told from another: Kass and Raftery 1995
 * (doi:10.1080/01621459.1995.10476572) call evidence of 1 to 3 "not worth more than a bare mention".
 */
export const EVEN_ODDS = 3;

/**
 * Whether the largest membership is at most 3 times the second: then by how many clusters the row is held,
 * two where the second is more than 3 times the third, else 3 for several; 1 for a row in one cluster.
 */
export function heldBy({ data, k }: Memberships, { first, second, third }: RankedColumns, i: number): 1 | 2 | 3 {
  const at = (column: number) => (column === -1 ? 0 : data[i * k + column]!);
  if (at(first[i]!) > EVEN_ODDS * at(second[i]!)) return 1;
  return at(second[i]!) > EVEN_ODDS * at(third[i]!) ? 2 : 3;
}
