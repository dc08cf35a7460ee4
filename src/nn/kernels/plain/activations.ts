import type { TrainingKernels } from '../training-kernels.js';
import { type Floats, f } from './float32.js';

/** 2^power for -1022 <= power <= 1023. */
function powerOfTwo(power: number): number {
  const words = new Uint32Array([0, (power + 1023) << 20]);
  return new Float64Array(words.buffer)[0]!;
}

function exponential(x: number): number {
  const power = Math.floor(x * Math.LOG2E + 0.5);
  const r = x - power * Math.LN2;
  const tail = 1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800)));
  const y = 1 + r * (1 + r * (0.5 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720 + r * tail))))));
  return y * powerOfTwo(power);
}

export function plainActivations(floats: Floats): Pick<TrainingKernels, 'relu' | 'gate' | 'squash' | 'squashGradient'> {
  return {
    relu(x, y, n) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(x >> 2) + t]!;
        // Not Math.max, which would turn -0 into 0.
        v[(y >> 2) + t] = value;
        if (value < 0) v[(y >> 2) + t] = 0;
      }
    },
    gate(g, y, out, n, scale) {
      const v = floats();
      for (let t = 0; t < n; t++) v[(out >> 2) + t] = v[(y >> 2) + t]! > 0 ? v[(g >> 2) + t]! * f(scale) : 0;
    },
    squash(x, y, n, logistic) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(x >> 2) + t]!;
        const size = Math.min(Math.abs(value), 100);
        const e = exponential(logistic === 0 ? -2 * size : -size);
        let z: number;
        if (logistic !== 0) z = value < 0 ? e / (1 + e) : 1 / (1 + e);
        else {
          const s = size * size;
          z = size < 0.03125 ? size * (1 + s * (-1 / 3 + s * (2 / 15 + s * (-17 / 315)))) : (1 - e) / (1 + e);
          if (value < 0) z = -z;
        }
        v[(y >> 2) + t] = z;
      }
    },
    squashGradient(g, y, into, n, logistic, add) {
      const v = floats();
      for (let t = 0; t < n; t++) {
        const value = v[(y >> 2) + t]!;
        const slope = logistic === 0 ? f(1 - f(value * value)) : f(value * f(1 - value));
        const d = f(v[(g >> 2) + t]! * slope);
        v[(into >> 2) + t] = add === 0 ? d : v[(into >> 2) + t]! + d;
      }
    },
  };
}
