import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

export function plainDropout(floats: Floats): Pick<TrainingKernels, 'dropout'> {
  return {
    dropout(x, y, mask, n, threshold, scale, state) {
      const v = floats();
      const s = new Uint32Array(v.buffer, state, 4);
      for (let t = 0; t < n; t++) {
        const scrambled = Math.imul(s[1]!, 5);
        const drawn = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
        const shifted = s[1]! << 9;
        s[2]! ^= s[0]!;
        s[3]! ^= s[1]!;
        s[1]! ^= s[2]!;
        s[0]! ^= s[3]!;
        s[2]! ^= shifted;
        s[3] = (s[3]! << 11) | (s[3]! >>> 21);
        const keep = drawn < threshold ? 0 : f(scale);
        v[(y >> 2) + t] = v[(x >> 2) + t]! * keep;
        if (mask !== 0) v[(mask >> 2) + t] = keep;
      }
    },
  };
}
