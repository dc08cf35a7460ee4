import { largestOf } from './largest.js';

export interface Frame {
  /** Rows in the frame, row-major; the points themselves where nothing moves them. Not to be written to. */
  readonly rows: Float64Array;
  /** One unit of the frame in units of the input, a power of two. */
  readonly unit: number;
  /** Largest absolute coordinate in the frame; 0 when all rows are equal. */
  readonly extent: number;
}

/** Coordinates of such a size are left as they are: neither their squares nor those of their differences are lost. */
const MODERATE = 2 ** 128;

/** The least power of two with a finite reciprocal that is still a normal number. */
const LEAST_UNIT = 2 ** -1022;

/** 1 for a value of moderate size, else the power of two that brings it into [1, 2), or below for subnormal values. */
function powerOfTwoAt(value: number): number {
  if (value === 0 || (value <= MODERATE && value >= 1 / MODERATE)) return 1;
  let power = 1;
  while (value / power >= 2) power *= 2;
  while (value / power < 1 && power > LEAST_UNIT) power /= 2;
  return power;
}

/** How rows are moved and scaled: to (v - origin) * scale, column by column. */
export interface Framing {
  readonly origin: Float64Array;
  /** One unit of the frame in units of the input, a power of two. */
  readonly unit: number;
  /** 1 / unit. */
  readonly scale: number;
  /** Largest absolute coordinate in the frame; 0 when all rows are equal. */
  readonly extent: number;
}

/** Whether a - b is exact: the rounding error of Knuth's two-sum is 0. */
function isExact(a: number, b: number): boolean {
  const difference = a - b;
  const virtual = difference - a;
  return a - (difference - virtual) - (b + virtual) === 0;
}

/** Largest absolute coordinate, counted from the origin. */
function largestFrom(points: Float64Array, d: number, origin: Float64Array): number {
  let largest = 0;
  for (let at = 0; at < points.length; at += d) {
    for (let c = 0; c < d; c++) {
      const size = Math.abs(points[at + c]! - origin[c]!);
      if (size > largest) largest = size;
    }
  }
  return largest;
}

/**
 * The frame with its origin at the first row, scaled by a power of two where coordinates are so large
 * or small that squares would overflow or vanish. A column is moved only where that rounds no value,
 * which it never does for values that are far from 0 for their spread, and left where it is
 * otherwise: so differences between rows are those of the input to the last bit, equal distances
 * stay equal, and one far row does not cost the others their digits.
 */
export function framingOf(points: Float64Array, n: number, d: number): Framing {
  const origin = points.slice(0, d);
  // Most columns of measured values are ruled out by the first few rows.
  let moved = Int32Array.from({ length: d }, (_, c) => c);
  for (let i = 1, at = d; i < n && moved.length > 0; i++, at += d) {
    let lost = 0;
    for (const c of moved) {
      if (isExact(points[at + c]!, origin[c]!)) continue;
      origin[c] = 0;
      lost++;
    }
    if (lost > 0) moved = moved.filter((c) => origin[c] !== 0);
  }
  const largest = moved.length === 0 ? largestOf(points) : largestFrom(points, d, origin);
  const unit = powerOfTwoAt(largest);
  return { origin, unit, scale: 1 / unit, extent: largest / unit };
}

/** The rows in the frame of `framingOf`. */
export function centredFrame(points: Float64Array, n: number, d: number): Frame {
  const { origin, unit, scale, extent } = framingOf(points, n, d);
  if (scale === 1 && origin.every((value) => value === 0)) return { rows: points, unit, extent };
  const rows = new Float64Array(n * d);
  for (let at = 0; at < rows.length; at += d) {
    for (let c = 0; c < d; c++) rows[at + c] = (points[at + c]! - origin[c]!) * scale;
  }
  return { rows, unit, extent };
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
