import { addProduct } from '../../../kernels/matmul.js';
import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

export function plainProducts(floats: Floats): Pick<TrainingKernels, 'timesMatrix' | 'transposedTimes' | 'product64'> {
  /** c[i] (+)= sum over t of a[t] b[t][i], for `rows` rows of `width` values. */
  function accumulate(
    at: { a: number; rowA: number; stepA: number; b: number; c: number },
    rows: number,
    width: number,
    count: number,
    add: number,
  ): void {
    const v = floats();
    for (let r = 0; r < rows; r++) {
      const c = (at.c >> 2) + r * width;
      if (add === 0) v.fill(0, c, c + width);
      for (let t = 0; t < count; t++) {
        const a = v[(at.a >> 2) + r * at.rowA + t * at.stepA]!;
        const b = (at.b >> 2) + t * width;
        for (let i = 0; i < width; i++) v[c + i] = f(v[c + i]! + f(a * v[b + i]!));
      }
    }
  }

  return {
    timesMatrix(g, w, c, n, m, k, add) {
      accumulate({ a: g, rowA: m, stepA: 1, b: w, c }, n, k, m, add);
    },
    transposedTimes(g, x, c, n, m, k, add) {
      accumulate({ a: g, rowA: 1, stepA: m, b: x, c }, m, k, n, add);
    },
    product64(a, b, c, n, k, m) {
      const doubles = (at: number, count: number) => new Float64Array(floats().buffer, at, count);
      const into = doubles(c, n * m).fill(0);
      const rows = (columns: number) => ({ row: columns, column: 1 });
      addProduct(doubles(a, n * k), rows(k), doubles(b, k * m), rows(m), into, n, k, m);
    },
  };
}
