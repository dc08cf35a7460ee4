import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f, laneSum } from './float32.js';

export function plainLinear(floats: Floats): Pick<TrainingKernels, 'linear'> {
  return {
    linear(x, w, b, y, n, k, m) {
      const v = floats();
      const lanes = k & ~3;
      const s = new Float32Array(4);
      for (let r = 0; r < n; r++) {
        for (let j = 0; j < m; j++) {
          const p = (x >> 2) + r * k;
          const q = (w >> 2) + j * k;
          s.fill(0);
          for (let t = 0; t < lanes; t++) s[t & 3] = f(s[t & 3]! + f(v[p + t]! * v[q + t]!));
          let sum = laneSum(s);
          for (let t = lanes; t < k; t++) sum = f(sum + f(v[p + t]! * v[q + t]!));
          v[(y >> 2) + r * m + j] = f(sum + (b === 0 ? 0 : v[(b >> 2) + j]!));
        }
      }
    },
  };
}
