import type { Part } from '../../data/row-sample.js';

/**
 * What a column is in place of a measurement.
 * 'label-copy': one value for each label and one label for each value. 'label-function': one value for each
 * label. 'row-number': even steps in the order of the rows. 'number-in-class': the same within each class.
 * 'consecutive': each number of an even run once, in any order. 'ordered-integers': whole numbers that only
 * rise, or only fall, from row to row. 'unique-integers': whole numbers of which none comes twice, where
 * measurements of that density would. 'wide-integers': whole numbers without a repeat, spread evenly over
 * a range that is wide for any measurement. 'named': whole numbers in a column whose name is that of identifiers,
 * of an index or of postal codes; only `diagnose` knows names.
 */
export type IdentifierKind =
  | 'label-copy'
  | 'label-function'
  | 'row-number'
  | 'number-in-class'
  | 'consecutive'
  | 'ordered-integers'
  | 'unique-integers'
  | 'wide-integers'
  | 'named';

/** Fewer rows rise or keep even steps by accident. */
const FEWEST = 10;
/** Rows beyond the first of their class that a column must agree with, before it is called a function of the label. */
const AGREEING = 8;
/** Repeats that are expected where none is: e^-10 of having none, over all columns of a wide table still small. */
const REPEATS = 10;
/** Units of the range from which no measurement has such a resolution. */
const WIDE = 10_000;
/** Rows in which a repeat is looked for first. */
const PROBED = 1000;
/** Kolmogorov's limit at the 5% level: spread as evenly as dealt numbers are. */
const EVEN = 1.36;

function isLabelFunction(values: Float64Array, { labels, k, n, counts }: Part): 'label-copy' | 'label-function' | null {
  if (k < 2 || n - k < AGREEING || counts.every((count) => count < 2)) return null;
  const of = new Float64Array(k).fill(Number.NaN);
  for (let i = 0; i < n; i++) {
    const label = labels[i]!;
    if (Number.isNaN(of[label]!)) of[label] = values[i]!;
    else if (of[label] !== values[i]) return null;
  }
  const different = new Set(of).size;
  return different === k ? 'label-copy' : different > 1 ? 'label-function' : null;
}

/** 1 where values only rise, -1 where they only fall, else 0. */
function direction(values: Float64Array): number {
  const sign = Math.sign(values[1]! - values[0]!);
  for (let i = 1; i < values.length; i++) if (Math.sign(values[i]! - values[i - 1]!) !== sign) return 0;
  return sign;
}

/** Rounding of even steps that are no whole numbers. */
function isEven(gap: number, step: number, size: number): boolean {
  return Math.abs(gap - step) <= 1e-6 * Math.abs(step) + 4 * Number.EPSILON * size;
}

function hasEvenSteps(sorted: Float64Array): boolean {
  const n = sorted.length;
  const step = (sorted[n - 1]! - sorted[0]!) / (n - 1);
  const size = Math.max(Math.abs(sorted[0]!), Math.abs(sorted[n - 1]!));
  for (let i = 1; i < n; i++) if (!isEven(sorted[i]! - sorted[i - 1]!, step, size)) return false;
  return true;
}

/** Whether values lie on the steps that would be even if each came once. */
function standsOnSteps(values: Float64Array): boolean {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  const step = (largest - least) / (values.length - 1);
  if (!(step > 0)) return false;
  // Coarser than `hasEvenSteps`, which decides.
  return values.every((value) => {
    const at = (value - least) / step;
    return Math.abs(at - Math.round(at)) <= 0.01;
  });
}

/** Whether each class is numbered from the same start in the same even steps, in the order of its rows. */
function numbersClasses(values: Float64Array, { labels, k, n, counts }: Part): boolean {
  if (k < 2 || n - k < FEWEST || counts.filter((count) => count >= 3).length < 2) return false;
  const seen = new Int32Array(k);
  const start = values[0]!;
  let step = 0;
  for (let i = 0; i < n; i++) {
    const place = seen[labels[i]!]!++;
    if (place === 1 && step === 0) step = values[i]! - start;
    if (values[i] !== start + place * step) return false;
  }
  return step !== 0;
}

function commonDivisor(sorted: Float64Array): number {
  let divisor = 0;
  for (let i = 1; i < sorted.length && divisor !== 1; i++) {
    let a = sorted[i]! - sorted[i - 1]!;
    while (a !== 0) [divisor, a] = [a, divisor % a];
  }
  return divisor;
}

/**
 * Repeats that are expected among draws from a smooth density of whole numbers: as many pairs of rows as
 * there are at each of the small differences 1 .. w, halved since a difference has two signs.
 */
function expectedRepeats(sorted: Float64Array, unit: number): number {
  const n = sorted.length;
  const reach = Math.max(1, Math.ceil((8 * (sorted[n - 1]! - sorted[0]!)) / unit / n));
  let pairs = 0;
  for (let i = 0, j = 0; i < n; i++) {
    while (sorted[i]! - sorted[j]! > reach * unit) j++;
    pairs += i - j;
  }
  return pairs / (2 * reach);
}

function isSpreadEvenly(sorted: Float64Array): boolean {
  const n = sorted.length;
  const range = sorted[n - 1]! - sorted[0]!;
  let far = 0;
  for (let i = 0; i < n; i++) far = Math.max(far, Math.abs((sorted[i]! - sorted[0]!) / range - (i + 0.5) / n));
  return far * Math.sqrt(n) <= EVEN;
}

/** What a column is in place of a measurement; null: nothing speaks against a measurement. */
export function identifierKind(part: Part, column: number): IdentifierKind | null {
  const { n, d, points } = part;
  const values = new Float64Array(n);
  for (let i = 0; i < n; i++) values[i] = points[i * d + column]!;
  if (values.every((value) => value === values[0])) return null;
  const ofLabel = isLabelFunction(values, part);
  if (ofLabel !== null) return ofLabel;
  if (n < FEWEST) return null;
  if (numbersClasses(values, part)) return 'number-in-class';
  // Most columns need no sort: a repeat among the first rows, or fractions without even steps.
  if (new Set(values.subarray(0, PROBED)).size < Math.min(n, PROBED)) return null;
  const whole = values.every(Number.isSafeInteger);
  if (!whole && !standsOnSteps(values)) return null;
  const sorted = values.slice().sort();
  let distinct = 1;
  for (let i = 1; i < n; i++) if (sorted[i] !== sorted[i - 1]) distinct++;
  if (distinct < n) return null;
  const rises = direction(values) !== 0;
  if (hasEvenSteps(sorted)) return rises ? 'row-number' : 'consecutive';
  if (!whole) return null;
  if (rises) return 'ordered-integers';
  const unit = commonDivisor(sorted);
  if (expectedRepeats(sorted, unit) >= REPEATS) return 'unique-integers';
  return (sorted[n - 1]! - sorted[0]!) / unit >= WIDE && isSpreadEvenly(sorted) ? 'wide-integers' : null;
}
