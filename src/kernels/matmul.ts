import { addSimdProduct } from './simd-product.js';

// Three row-major products that add to their last matrix. Each sum runs over the shared axis in
// ascending order, from zero, and is added to the target once, so that blocking changes no bit.
// Large ones go to SIMD kernels. Of the others blocks of 4 x 2 keep eight sums in registers; nothing is
// packed, transposed or allocated.

const asIs = (data: Float64Array) => ({ data, transposed: false });
const across = (data: Float64Array) => ({ data, transposed: true });

/** c (n x m) += a (n x k) b (k x m). */
export function addMatmul(a: Float64Array, b: Float64Array, c: Float64Array, n: number, k: number, m: number): void {
  if (addSimdProduct(asIs(a), asIs(b), c, n, k, m)) return;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a0 = i * k;
    const a1 = a0 + k;
    const a2 = a1 + k;
    const a3 = a2 + k;
    let j = 0;
    for (; j + 1 < m; j += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let p = 0, q = j; p < k; p++, q += m) {
        const b0 = b[q]!;
        const b1 = b[q + 1]!;
        const x0 = a[a0 + p]!;
        const x1 = a[a1 + p]!;
        const x2 = a[a2 + p]!;
        const x3 = a[a3 + p]!;
        s00 += x0 * b0;
        s01 += x0 * b1;
        s10 += x1 * b0;
        s11 += x1 * b1;
        s20 += x2 * b0;
        s21 += x2 * b1;
        s30 += x3 * b0;
        s31 += x3 * b1;
      }
      const at = i * m + j;
      c[at]! += s00;
      c[at + 1]! += s01;
      c[at + m]! += s10;
      c[at + m + 1]! += s11;
      c[at + 2 * m]! += s20;
      c[at + 2 * m + 1]! += s21;
      c[at + 3 * m]! += s30;
      c[at + 3 * m + 1]! += s31;
    }
    if (j < m) for (let r = i; r < i + 4; r++) c[r * m + j]! += dotColumn(a, r * k, b, j, k, m);
  }
  for (; i < n; i++) for (let j = 0; j < m; j++) c[i * m + j]! += dotColumn(a, i * k, b, j, k, m);
}

/** c (n x m) += a (n x k) b^T, with b (m x k). */
export function addMatmulTransposed(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  n: number,
  k: number,
  m: number,
): void {
  if (addSimdProduct(asIs(a), across(b), c, n, k, m)) return;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const a0 = i * k;
    const a1 = a0 + k;
    const a2 = a1 + k;
    const a3 = a2 + k;
    let j = 0;
    for (; j + 1 < m; j += 2) {
      const q0 = j * k;
      const q1 = q0 + k;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let p = 0; p < k; p++) {
        const b0 = b[q0 + p]!;
        const b1 = b[q1 + p]!;
        const x0 = a[a0 + p]!;
        const x1 = a[a1 + p]!;
        const x2 = a[a2 + p]!;
        const x3 = a[a3 + p]!;
        s00 += x0 * b0;
        s01 += x0 * b1;
        s10 += x1 * b0;
        s11 += x1 * b1;
        s20 += x2 * b0;
        s21 += x2 * b1;
        s30 += x3 * b0;
        s31 += x3 * b1;
      }
      const at = i * m + j;
      c[at]! += s00;
      c[at + 1]! += s01;
      c[at + m]! += s10;
      c[at + m + 1]! += s11;
      c[at + 2 * m]! += s20;
      c[at + 2 * m + 1]! += s21;
      c[at + 3 * m]! += s30;
      c[at + 3 * m + 1]! += s31;
    }
    if (j < m) for (let r = i; r < i + 4; r++) c[r * m + j]! += dotColumn(a, r * k, b, j * k, k, 1);
  }
  for (; i < n; i++) for (let j = 0; j < m; j++) c[i * m + j]! += dotColumn(a, i * k, b, j * k, k, 1);
}

/** c (n x m) += a^T b, with a (k x n) and b (k x m). */
export function addTransposedMatmul(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  n: number,
  k: number,
  m: number,
): void {
  if (addSimdProduct(across(a), asIs(b), c, n, k, m)) return;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    let j = 0;
    for (; j + 1 < m; j += 2) {
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (let p = 0, u = i, q = j; p < k; p++, u += n, q += m) {
        const b0 = b[q]!;
        const b1 = b[q + 1]!;
        const x0 = a[u]!;
        const x1 = a[u + 1]!;
        const x2 = a[u + 2]!;
        const x3 = a[u + 3]!;
        s00 += x0 * b0;
        s01 += x0 * b1;
        s10 += x1 * b0;
        s11 += x1 * b1;
        s20 += x2 * b0;
        s21 += x2 * b1;
        s30 += x3 * b0;
        s31 += x3 * b1;
      }
      const at = i * m + j;
      c[at]! += s00;
      c[at + 1]! += s01;
      c[at + m]! += s10;
      c[at + m + 1]! += s11;
      c[at + 2 * m]! += s20;
      c[at + 2 * m + 1]! += s21;
      c[at + 3 * m]! += s30;
      c[at + 3 * m + 1]! += s31;
    }
    if (j < m) for (let r = i; r < i + 4; r++) c[r * m + j]! += dotColumns(a, r, n, b, j, m, k);
  }
  for (; i < n; i++) for (let j = 0; j < m; j++) c[i * m + j]! += dotColumns(a, i, n, b, j, m, k);
}

/** Sum of k products of neighbouring values of a and values of b that are `step` apart. */
function dotColumn(a: Float64Array, from: number, b: Float64Array, start: number, k: number, step: number): number {
  return dotColumns(a, from, 1, b, start, step, k);
}

/** Sum of k products of values of a, `stepA` apart, and values of b, `stepB` apart. */
function dotColumns(
  a: Float64Array,
  from: number,
  stepA: number,
  b: Float64Array,
  start: number,
  stepB: number,
  k: number,
): number {
  let sum = 0;
  for (let p = 0; p < k; p++) sum += a[from + p * stepA]! * b[start + p * stepB]!;
  return sum;
}
