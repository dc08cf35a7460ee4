import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

export function plainRows(floats: Floats): Pick<TrainingKernels, 'columnSums' | 'copyRuns'> {
  return {
    columnSums(g, c, n, m, add) {
      const v = floats();
      for (let j = 0; j < m; j++) {
        let s = add === 0 ? 0 : v[(c >> 2) + j]!;
        for (let r = 0; r < n; r++) s = f(s + v[(g >> 2) + r * m + j]!);
        v[(c >> 2) + j] = s;
      }
    },
    copyRuns(from, to, count, length, fromStep, toStep, add) {
      const v = floats();
      for (let r = 0; r < count; r++) {
        const source = (from + r * fromStep) >> 2;
        const target = (to + r * toStep) >> 2;
        if (add === 0) v.copyWithin(target, source, source + length);
        else for (let t = 0; t < length; t++) v[target + t] = v[target + t]! + v[source + t]!;
      }
    },
  };
}
