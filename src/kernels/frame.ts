export interface Frame {
  /** Rows in the frame, row-major. */
  readonly rows: Float64Array;
  /** One unit of the frame in units of the input, a power of two. */
  readonly unit: number;
  /** Largest absolute coordinate in the frame; 0 when all rows are equal. */
  readonly extent: number;
}

function largestAbsolute(values: Float64Array): number {
  let largest = 0;
  for (let p = 0; p < values.length; p++) {
    const v = Math.abs(values[p]!);
    if (v > largest) largest = v;
  }
  return largest;
}

/** The power of two that brings `value` into [1, 2), exactly, also for subnormal values. */
function powerOfTwoAt(value: number): number {
  if (value === 0) return 1;
  let power = 1;
  while (value / power >= 2) power *= 2;
  while (value / power < 1 && power > Number.MIN_VALUE) power /= 2;
  return power;
}

/** How rows are moved and scaled: to (v - origin) / unit, column by column. */
export interface Framing {
  readonly origin: Float64Array;
  /** A power of two. */
  readonly unit: number;
}

/** Whether a - b is exact: the rounding error of Knuth's two-sum is 0. */
function isExact(a: number, b: number): boolean {
  const difference = a - b;
  const virtual = difference - a;
  return a - (difference - virtual) - (b + virtual) === 0;
}

/**
 * The frame with its origin at the first row, scaled by a power of two so that the largest
 * coordinate lies near 1: squares can then neither overflow nor vanish. A column is moved only where
 * that rounds no value, which it never does for values that are far from 0 for their spread, and
 * left where it is otherwise: so differences between rows are those of the input to the last bit,
 * equal distances stay equal, and one far row does not cost the others their digits.
 */
export function framingOf(points: Float64Array, n: number, d: number): Framing {
  const origin = points.slice(0, d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) if (!isExact(points[i * d + c]!, origin[c]!)) origin[c] = 0;
  }
  let largest = 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const v = Math.abs(points[i * d + c]! - origin[c]!);
      if (v > largest) largest = v;
    }
  }
  return { origin, unit: powerOfTwoAt(largest) };
}

/** The rows in the frame of `framingOf`. */
export function centredFrame(points: Float64Array, n: number, d: number): Frame {
  const { origin, unit } = framingOf(points, n, d);
  const rows = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) rows[i * d + c] = (points[i * d + c]! - origin[c]!) / unit;
  }
  return { rows, unit, extent: largestAbsolute(rows) };
}

/**
 * Each row divided by its length, after subtracting its own mean when `centreRows` is set (cosine
 * of centred rows is correlation). A row without direction (all zero, or constant when centred)
 * becomes zero and is marked.
 */
export function unitRows(
  points: Float64Array,
  n: number,
  d: number,
  centreRows: boolean,
): { rows: Float64Array; directionless: Uint8Array } {
  const rows = new Float64Array(n * d);
  const directionless = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const at = i * d;
    let mean = 0;
    if (centreRows) {
      for (let c = 0; c < d; c++) mean += points[at + c]! - points[at]!;
      mean /= d;
    }
    let largest = 0;
    for (let c = 0; c < d; c++) {
      const v = centreRows ? points[at + c]! - points[at]! - mean : points[at + c]!;
      rows[at + c] = v;
      largest = Math.max(largest, Math.abs(v));
    }
    if (largest === 0) {
      directionless[i] = 1;
      continue;
    }
    const unit = powerOfTwoAt(largest);
    let square = 0;
    for (let c = 0; c < d; c++) {
      const v = rows[at + c]! / unit;
      rows[at + c] = v;
      square += v * v;
    }
    const length = Math.sqrt(square);
    for (let c = 0; c < d; c++) rows[at + c]! /= length;
  }
  return { rows, directionless };
}
