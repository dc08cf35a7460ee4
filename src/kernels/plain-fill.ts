import { CANCELLED, EUCLIDEAN, type Formula } from './formula.js';
import { BLOCK, packedWidth } from './packed-rows.js';

// The twin of wasm/assembly/distance.ts in plain TypeScript: the same arithmetic in the same order,
// so the same bits. Two rows against a block of four keep eight sums in registers.

function squares(f: Float64Array, x: number, y: number, d: number, out: number, stride: number): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (const end = x + 4 * d; x < end; x += 4, y += 4) {
    const a = f[x]!;
    const b = f[x + 1]!;
    const y0 = f[y]!;
    const y1 = f[y + 1]!;
    const y2 = f[y + 2]!;
    const y3 = f[y + 3]!;
    a0 += (a - y0) * (a - y0);
    a1 += (a - y1) * (a - y1);
    a2 += (a - y2) * (a - y2);
    a3 += (a - y3) * (a - y3);
    b0 += (b - y0) * (b - y0);
    b1 += (b - y1) * (b - y1);
    b2 += (b - y2) * (b - y2);
    b3 += (b - y3) * (b - y3);
  }
  f[out] = a0;
  f[out + 1] = a1;
  f[out + 2] = a2;
  f[out + 3] = a3;
  f[out + stride] = b0;
  f[out + stride + 1] = b1;
  f[out + stride + 2] = b2;
  f[out + stride + 3] = b3;
}

function manhattan(f: Float64Array, x: number, y: number, d: number, out: number, stride: number): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (const end = x + 4 * d; x < end; x += 4, y += 4) {
    const a = f[x]!;
    const b = f[x + 1]!;
    const y0 = f[y]!;
    const y1 = f[y + 1]!;
    const y2 = f[y + 2]!;
    const y3 = f[y + 3]!;
    a0 += Math.abs(a - y0);
    a1 += Math.abs(a - y1);
    a2 += Math.abs(a - y2);
    a3 += Math.abs(a - y3);
    b0 += Math.abs(b - y0);
    b1 += Math.abs(b - y1);
    b2 += Math.abs(b - y2);
    b3 += Math.abs(b - y3);
  }
  f[out] = a0;
  f[out + 1] = a1;
  f[out + 2] = a2;
  f[out + 3] = a3;
  f[out + stride] = b0;
  f[out + stride + 1] = b1;
  f[out + stride + 2] = b2;
  f[out + stride + 3] = b3;
}

function chebyshev(f: Float64Array, x: number, y: number, d: number, out: number, stride: number): void {
  for (let r = 0; r < 2; r++) {
    for (let q = 0; q < BLOCK; q++) {
      let largest = 0;
      for (let c = 0; c < 4 * d; c += 4) {
        const e = Math.abs(f[x + r + c]! - f[y + q + c]!);
        if (e > largest) largest = e;
      }
      f[out + r * stride + q] = largest;
    }
  }
}

function products(f: Float64Array, x: number, y: number, d: number, out: number, stride: number): void {
  let a0 = 0;
  let a1 = 0;
  let a2 = 0;
  let a3 = 0;
  let b0 = 0;
  let b1 = 0;
  let b2 = 0;
  let b3 = 0;
  for (const end = x + 4 * d; x < end; x += 4, y += 4) {
    const a = f[x]!;
    const b = f[x + 1]!;
    const y0 = f[y]!;
    const y1 = f[y + 1]!;
    const y2 = f[y + 2]!;
    const y3 = f[y + 3]!;
    a0 += a * y0;
    a1 += a * y1;
    a2 += a * y2;
    a3 += a * y3;
    b0 += b * y0;
    b1 += b * y1;
    b2 += b * y2;
    b3 += b * y3;
  }
  f[out] = a0;
  f[out + 1] = a1;
  f[out + 2] = a2;
  f[out + 3] = a3;
  f[out + stride] = b0;
  f[out + stride + 1] = b1;
  f[out + stride + 2] = b2;
  f[out + stride + 3] = b3;
}

function wide(f: Float64Array, x: number, y: number, d: number, out: number, stride: number): void {
  products(f, x, y, d, out, stride);
  for (let r = 0; r < 2; r++) {
    for (let q = 0; q < BLOCK; q++) {
      const at = out + r * stride + q;
      const norms = f[x + r + BLOCK * d]! + f[y + q + BLOCK * d]!;
      let square = norms - (f[at]! + f[at]!);
      if (square < norms * CANCELLED) {
        square = 0;
        for (let c = 0; c < 4 * d; c += 4) {
          const e = f[x + r + c]! - f[y + q + c]!;
          square += e * e;
        }
      }
      f[at] = Math.sqrt(square);
    }
  }
}

const TILES = [squares, squares, manhattan, chebyshev, wide] as const;

/** `fill` of an engine in plain TypeScript, over the numbers of `f`. */
export function plainFill(
  f: Float64Array,
  formula: Formula,
  x: number,
  rows: number,
  y: number,
  columns: number,
  d: number,
  out: number,
  stride: number,
): void {
  const tile = TILES[formula];
  const block = BLOCK * packedWidth(formula, d);
  for (let i = 0; i < rows; i += 2) {
    const xi = x + (i >> 2) * block + (i & 2);
    const row = out + i * stride;
    for (let j = 0; j < columns; j += BLOCK) tile(f, xi, y + (j >> 2) * block, d, row + j, stride);
  }
  if (formula !== EUCLIDEAN) return;
  for (let i = 0; i < rows; i++) {
    const row = out + i * stride;
    for (let t = row; t < row + columns; t++) f[t] = Math.sqrt(f[t]!);
  }
}

/** `add` of an engine in plain TypeScript, over the numbers of `f`. */
export function plainAdd(
  f: Float64Array,
  at: number,
  stride: number,
  count: number,
  sums: number,
  columns: number,
): void {
  let s0 = f[sums]!;
  let s1 = f[sums + 1]!;
  let s2 = f[sums + 2]!;
  let s3 = f[sums + 3]!;
  for (let t = at, c = columns; t < at + count; t++, c++) {
    const v0 = f[t]!;
    const v1 = f[t + stride]!;
    const v2 = f[t + 2 * stride]!;
    const v3 = f[t + 3 * stride]!;
    s0 += v0;
    s1 += v1;
    s2 += v2;
    s3 += v3;
    if (columns >= 0) f[c] = f[c]! + v0 + v1 + v2 + v3;
  }
  f[sums] = s0;
  f[sums + 1] = s1;
  f[sums + 2] = s2;
  f[sums + 3] = s3;
}
