import { addSimdProduct } from './simd-product.js';

// Three row-major products that add to their last matrix. Each sum runs over the shared axis in
// ascending order, from zero, and is added to the target once. Large ones go to SIMD kernels, which
// give the same bits.

/** Where element (i, j) of a matrix stands: i row + j column. */
interface Strides {
  readonly row: number;
  readonly column: number;
}

/** c (n x m) += a (n x k) b (k x m), by loops. */
export function addProduct(
  a: Float64Array,
  atA: Strides,
  b: Float64Array,
  atB: Strides,
  c: Float64Array,
  n: number,
  k: number,
  m: number,
): void {
  const step = atB.column;
  for (let i = 0; i < n; i++) {
    let j = 0;
    // Four sums side by side: one alone would wait for itself.
    for (; j + 3 < m; j += 4) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let t = 0, p = i * atA.row, q = j * step; t < k; t++, p += atA.column, q += atB.row) {
        const x = a[p]!;
        s0 += x * b[q]!;
        s1 += x * b[q + step]!;
        s2 += x * b[q + 2 * step]!;
        s3 += x * b[q + 3 * step]!;
      }
      const at = i * m + j;
      c[at]! += s0;
      c[at + 1]! += s1;
      c[at + 2]! += s2;
      c[at + 3]! += s3;
    }
    for (; j < m; j++) {
      let sum = 0;
      for (let t = 0, p = i * atA.row, q = j * step; t < k; t++, p += atA.column, q += atB.row) sum += a[p]! * b[q]!;
      c[i * m + j]! += sum;
    }
  }
}

type Product = (a: Float64Array, b: Float64Array, c: Float64Array, n: number, k: number, m: number) => void;

function product(acrossA: boolean, acrossB: boolean): Product {
  const strides = (across: boolean, rows: number, columns: number) =>
    across ? { row: 1, column: rows } : { row: columns, column: 1 };
  return (a, b, c, n, k, m) => {
    const [left, right] = [
      { data: a, transposed: acrossA },
      { data: b, transposed: acrossB },
    ];
    if (addSimdProduct(left, right, c, n, k, m)) return;
    addProduct(a, strides(acrossA, n, k), b, strides(acrossB, k, m), c, n, k, m);
  };
}

/** c (n x m) += a (n x k) b (k x m). */
export const addMatmul = /* @__PURE__ */ product(false, false);

/** c (n x m) += a (n x k) b^T, with b (m x k). */
export const addMatmulTransposed = /* @__PURE__ */ product(false, true);

/** c (n x m) += a^T b, with a (k x n) and b (k x m). */
export const addTransposedMatmul = /* @__PURE__ */ product(true, false);
