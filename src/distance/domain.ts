import { InputError, ShapeError } from '../core/errors.js';
import type { PlacedMessage } from '../core/place.js';

/** Which values a distance is defined for. */
export type Domain = 'real' | 'nonnegative' | 'positive' | 'probability' | 'histogram' | 'binary' | 'geographic';

interface DomainRule {
  /** What the domain is, for the table of names and for errors. */
  readonly is: string;
  readonly remedy: string;
  fits(value: number, column: number): boolean;
}

const QUARTER = Math.PI / 2;
/** Half a unit in the fourth decimal: degrees are refused, 1.5708 for a pole is not. */
const SLACK = 5e-5;

const nonnegative = (value: number) => value >= 0;

export const DOMAINS: Readonly<Record<Domain, DomainRule>> = {
  real: { is: 'any numbers', remedy: '', fits: () => true },
  nonnegative: {
    is: 'values >= 0',
    remedy: "choose a distance for any numbers, as 'euclidean', 'canberra' or 'lorentzian'",
    fits: nonnegative,
  },
  positive: {
    is: 'values > 0',
    remedy: "add a small number to counts, or choose a distance that allows 0, as 'jensenshannon' or 'topsoe'",
    fits: (value) => value > 0,
  },
  probability: {
    is: 'values >= 0 that sum to 1 in every row',
    remedy: 'divide each row by its sum',
    fits: nonnegative,
  },
  histogram: {
    is: 'values >= 0, not all 0 in a row (rows are divided by their sum)',
    remedy: "leave out rows without a count; for signed values take another distance, as 'euclidean' or 'canberra'",
    fits: nonnegative,
  },
  binary: {
    is: 'values 0 or 1',
    remedy: "compare values with a threshold first, or choose 'soergel' for amounts",
    fits: (value) => value === 0 || value === 1,
  },
  geographic: {
    is: 'two columns in radians, latitude in [-pi/2, pi/2] and then longitude in [-2 pi, 2 pi]',
    remedy: 'multiply degrees by Math.PI / 180, latitude first',
    fits: (value, column) => Math.abs(value) <= (column === 0 ? QUARTER : 4 * QUARTER) + SLACK,
  },
};

/** A row of probabilities may miss 1 by this much, the rounding of float32; it is then divided by its sum. */
const ROUNDING = 1e-5;

function refuse(where: string, name: string, domain: Domain, came: PlacedMessage): never {
  const { is, remedy } = DOMAINS[domain];
  throw new InputError('out-of-range', [`${where}: metric '${name}' needs ${is}, got `, ...came, `; ${remedy}`]);
}

/**
 * Checks that all rows lie in the domain of a metric, and gives the rows that its function takes: for
 * probabilities and histograms each divided by its sum. `rowName` gives the row of the caller's input.
 *
 * @throws InputError out-of-range with row, column and domain; ShapeError for a wrong number of columns.
 */
export function rowsInDomain(
  where: string,
  name: string,
  domain: Domain,
  points: Float64Array,
  d: number,
  rowName: (i: number) => number = (i) => i,
): Float64Array {
  if (domain === 'real') return points;
  if (domain === 'geographic' && d !== 2) {
    throw new ShapeError('shape-mismatch', `${where}: metric '${name}' needs ${DOMAINS[domain].is}, got ${d} columns`);
  }
  const { fits } = DOMAINS[domain];
  for (let p = 0; p < points.length; p++) {
    if (fits(points[p]!, p % d)) continue;
    refuse(where, name, domain, [`${points[p]} at `, { row: rowName(Math.floor(p / d)) }, ', ', { column: p % d }]);
  }
  if (domain !== 'probability' && domain !== 'histogram') return points;
  const rows = points.slice();
  for (let at = 0; at < rows.length; at += d) {
    let largest = 0;
    for (let c = at; c < at + d; c++) largest = Math.max(largest, rows[c]!);
    let sum = 0;
    for (let c = at; c < at + d; c++) sum += rows[c]! / (largest || 1);
    const total = sum * largest;
    if (domain === 'probability' ? !(Math.abs(total - 1) <= ROUNDING) : total === 0) {
      refuse(where, name, domain, [`the sum ${total} in `, { row: rowName(at / d) }]);
    }
    for (let c = at; c < at + d; c++) rows[c] = rows[c]! / largest / sum;
  }
  return rows;
}
