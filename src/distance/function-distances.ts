import { InputError, show } from '../core/errors.js';
import { type Domain, rowsInDomain } from './domain.js';
import type { DistanceFunction, PointRows } from './metric-types.js';

/** What a function may miss 0 from a row to itself and its own value in the other direction by, relative to the largest distance seen. */
const ROUNDING = 1e-6;
/** Distances of functions are summed and squared as they come; up to this neither can overflow. */
const LARGEST = 1e150;

interface FunctionOptions {
  readonly asymmetric?: boolean | undefined;
  readonly rowName?: ((i: number) => number) | undefined;
}

/**
 * The distance from row i to row j under a function, which is checked whenever it is called. Before that
 * every row is compared with itself, and, in both directions, with the first row and with the next one,
 * the last with the first: 4 n calls that find a similarity and an asymmetric function.
 */
export function functionDistances(
  where: string,
  { name, fn, domain }: { readonly name: string; readonly fn: DistanceFunction; readonly domain?: Domain | undefined },
  { points, n, d }: PointRows,
  { asymmetric = false, rowName = (i) => i }: FunctionOptions,
): (i: number, j: number) => number {
  // A function of the caller's may write to its rows.
  const own = domain === undefined ? points.slice() : rowsInDomain(where, name, domain, points, d, rowName);
  const rows = Array.from({ length: n }, (_, i) => own.subarray(i * d, (i + 1) * d));
  const measure = (i: number, j: number): number => {
    const value: unknown = fn(rows[i]!, rows[j]!);
    if (typeof value === 'number' && value >= 0 && value <= LARGEST) return value;
    const remedy =
      domain === undefined
        ? 'check its domain (some distances need positive values)'
        : 'choose a distance that stays finite on such rows, or scale the values';
    throw new InputError('not-a-distance', [
      `${where}: metric ${name} must give a number from 0 to ${LARGEST}, got ${show(value)} for `,
      { row: rowName(i) },
      ' and ',
      { row: rowName(j) },
      `; ${remedy}`,
    ]);
  };
  if (domain !== undefined) return measure;
  requireDistance(where, name, n, measure, asymmetric, rowName);
  const written = own.findIndex((value, p) => !Object.is(value, points[p]));
  if (written === -1) return measure;
  throw new InputError('not-a-distance', [
    `${where}: metric ${name} must leave its rows as they are, got ${own[written]} for ${points[written]} in `,
    { row: rowName(Math.floor(written / d)) },
    ', ',
    { column: written % d },
    '; copy a row before you write to it',
  ]);
}

function requireDistance(
  where: string,
  name: string,
  n: number,
  measure: (i: number, j: number) => number,
  asymmetric: boolean,
  rowName: (i: number) => number,
): void {
  let largest = 0;
  let self = { value: 0, row: 0 };
  let gap = { there: 0, back: 0, i: 0, j: 0 };
  const compare = (i: number, j: number) => {
    const there = measure(i, j);
    largest = Math.max(largest, there);
    if (asymmetric || i === j) return;
    const back = measure(j, i);
    largest = Math.max(largest, back);
    if (Math.abs(there - back) > Math.abs(gap.there - gap.back)) gap = { there, back, i, j };
  };
  for (let i = 0; i < n; i++) {
    compare(0, i);
    if (i > 0) compare(i, (i + 1) % n);
    const value = measure(i, i);
    if (value > self.value) self = { value, row: i };
  }
  if (self.value > ROUNDING * largest) {
    throw new InputError('not-a-distance', [
      `${where}: metric ${name} must give 0 from a row to itself, got ${self.value} for `,
      { row: rowName(self.row) },
      '; a similarity s can be turned into a distance by 1 - s',
    ]);
  }
  if (Math.abs(gap.there - gap.back) > ROUNDING * largest) {
    throw new InputError('not-a-distance', [
      `${where}: metric ${name} must give the same in both directions, got ${gap.there} from `,
      { row: rowName(gap.i) },
      ' to ',
      { row: rowName(gap.j) },
      ` and ${gap.back} back; pass a function that gives the mean of both, or the larger`,
    ]);
  }
}
