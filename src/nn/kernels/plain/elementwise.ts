import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

export function plainElementwise(
  floats: Floats,
): Pick<TrainingKernels, 'pairwise' | 'affine' | 'addScaled' | 'addProduct'> {
  return {
    pairwise(kind, a, b, y, n) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const left = v[(a >> 2) + t]!;
        const right = v[(b >> 2) + t]!;
        v[(y >> 2) + t] = kind === 2 ? left * right : kind === 1 ? left - right : left + right;
      }
    },
    affine(x, y, n, scale, shift) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(y >> 2) + t] = f(v[(x >> 2) + t]! * f(scale)) + f(shift);
    },
    addScaled(g, y, n, scale) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(y >> 2) + t] = v[(y >> 2) + t]! + f(v[(g >> 2) + t]! * f(scale));
    },
    addProduct(g, h, into, n) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(into >> 2) + t] = v[(into >> 2) + t]! + f(v[(g >> 2) + t]! * v[(h >> 2) + t]!);
    },
  };
}
