import { instancesOf } from '../core/wasm-instances.js';
import { productBinary } from './wasm/product-binary.js';

interface ProductKernels {
  product64(a: number, b: number, c: number, n: number, k: number, m: number): void;
}

const products = /* @__PURE__ */ instancesOf<ProductKernels>(productBinary);

/** Products of fewer multiplications are not worth the copies. */
const LEAST = 8192;
/** Numbers of the first matrix and of the result that are copied at a time: they stay in a near cache. */
const BLOCK = 65536;

/** A row-major matrix, or the transpose of one. */
export interface Factor {
  readonly data: Float64Array;
  readonly transposed: boolean;
}

/** Writes rows first .. first + rows of a matrix of `width` columns, out of `height` rows in all. */
function put(
  into: Float64Array,
  { data, transposed }: Factor,
  first: number,
  rows: number,
  width: number,
  height: number,
): void {
  if (!transposed) {
    into.set(data.subarray(first * width, (first + rows) * width));
    return;
  }
  // Eight rows at a time: the numbers of a line of memory are used while it is near.
  for (let start = 0; start < rows; start += 8) {
    const stop = Math.min(rows, start + 8);
    for (let p = 0; p < width; p++) {
      for (let i = start; i < stop; i++) into[i * width + p] = data[p * height + first + i]!;
    }
  }
}

/**
 * c (n x m) += a (n x k) b (k x m) by SIMD kernels, on copies, to the bits of the loops in `matmul.ts`; false, and
 * nothing done, where the product is small or there are no such kernels.
 */
export function addSimdProduct(a: Factor, b: Factor, c: Float64Array, n: number, k: number, m: number): boolean {
  if (n * k * m < LEAST) return false;
  const most = Math.min(n, Math.max(16, Math.floor(BLOCK / (k + m))));
  const engine = products.acquire(k * m + most * (k + m));
  if (engine === undefined) return false;
  const { memory, kernels } = engine;
  const [left, right, out] = [memory.subarray(k * m), memory, memory.subarray(k * m + most * k)];
  put(right, b, 0, k, m, k);
  for (let first = 0; first < n; first += most) {
    const rows = Math.min(most, n - first);
    put(left, a, first, rows, k, n);
    kernels.product64(left.byteOffset, right.byteOffset, out.byteOffset, rows, k, m);
    for (let p = 0; p < rows * m; p++) c[first * m + p]! += out[p]!;
  }
  products.release(engine);
  return true;
}
